"""The kinds of arrays, the three choices, and what is said of votes that are wrong."""

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

AGREE, PASS, DISAGREE = 1, 0, -1
NOT_GROUPED = -1


class InvalidVotes(ValueError):
    """The votes cannot be analysed; the sentence names the row or the ids."""
