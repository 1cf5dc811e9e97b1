"""What a Polis export holds once it is read: in our own words and our own sign."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from deliberation.formats.polis.sign import VoteSign
from deliberation.formats.polis.votes import Votes


@dataclass(frozen=True)
class ImportedStatement:
    """One row of comments.csv.

    ``is_seed`` is None when the export does not say. ``listed_agrees`` and
    ``listed_disagrees`` are that file's own counts, kept as evidence only.
    """

    number: int
    text: str
    author_number: int | None
    moderation: int
    is_seed: bool | None
    is_meta: bool
    created_at: datetime
    listed_agrees: int = 0
    listed_disagrees: int = 0


@dataclass(frozen=True, eq=False)
class PolisExport:
    """A whole export, in our own sign.

    ``statements`` are sorted by number. ``participants`` are the sorted numbers of
    everyone with at least one vote. ``votes`` hold the latest vote of each pair,
    ``superseded`` all earlier ones.
    """

    sign: VoteSign
    title: str
    description: str
    url: str
    statements: tuple[ImportedStatement, ...]
    participants: npt.NDArray[np.int32]
    votes: Votes
    superseded: Votes
    has_vote_times: bool
