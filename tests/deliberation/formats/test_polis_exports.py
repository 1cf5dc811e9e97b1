"""Real exports of Polis, read where they lie; skipped where they are absent.

They are named by the environment variable FOLKMOOT_SHARED_DATA and default to
``../shared/data`` beside the project.
"""

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from deliberation.formats.polis import (
    AuthorTest,
    PolisExport,
    PolisFormatError,
    SignVerdict,
    VoteSign,
    read_export,
    read_participant_numbers,
    sign_check,
)

ROOT = Path(__file__).parents[3]
DATA = ROOT / os.environ.get("FOLKMOOT_SHARED_DATA", "../shared/data")
SIGN = VoteSign.AGREE_IS_PLUS_ONE

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="real Polis exports are absent: set FOLKMOOT_SHARED_DATA"
)

# participants, statements, votes, superseded votes, times known
EXPORTS = {
    "ccai": (1126, 1418, 38252, 0, False),
    "polis/15-per-hour-seattle": (339, 54, 2872, 123, True),
    "polis/austria-climate.7z7ejpbmv5.2022-08-08": (1503, 613, 79315, 0, False),
    "polis/bg2050-volunteers": (126, 371, 14283, 58, True),
    "polis/brexit-consensus": (204, 50, 5303, 9, True),
    "polis/london.youth.policing": (26, 39, 638, 2, True),
    "polis/scoop-hivemind.biodiversity": (536, 316, 29719, 83, True),
    "polis/scoop-hivemind.ubi": (234, 71, 7153, 21, True),
    "golden/biodiversity-coldstart": (536, 316, 29719, 83, True),
}


def read(name: str, sign: VoteSign = SIGN) -> PolisExport:
    if not (DATA / name).is_dir():
        pytest.skip(f"the real Polis export {name} is absent")
    return read_export(DATA / name, sign=sign)


@pytest.mark.parametrize("name", EXPORTS)
def test_read_export_counts_a_real_export(name: str) -> None:
    found = read(name)

    assert EXPORTS[name] == (
        len(found.participants),
        len(found.statements),
        len(found.votes),
        len(found.superseded),
        found.has_vote_times,
    )


@pytest.mark.parametrize("name", EXPORTS)
def test_sign_check_tells_the_sign_of_a_real_export(name: str) -> None:
    verdicts = [sign_check(read(name, sign)).verdict for sign in VoteSign]

    assert verdicts == [SignVerdict.LOOKS_RIGHT, SignVerdict.LOOKS_WRONG]


def test_ccai_has_the_published_figures() -> None:
    found = read("ccai")

    states = Counter(statement.moderation for statement in found.statements)
    choices = Counter(found.votes.choices.tolist())
    assert states == {1: 275, -1: 655, 0: 488}
    assert choices == {1: 30367, -1: 4858, 0: 3027}


def test_ccai_authors_agree_with_themselves() -> None:
    check = sign_check(read("ccai"))

    assert check.authors == AuthorTest(1356, 0, 0, SignVerdict.LOOKS_RIGHT)
    assert [tally.number for tally in check.most_agreed] == [274, 44, 190]
    assert [tally.number for tally in check.most_disagreed] == [602, 326, 29]


def test_ccai_names_the_participants_to_leave_out() -> None:
    read("ccai")

    numbers = read_participant_numbers(DATA / "ccai" / "ids-to-toss.csv")

    assert (len(numbers), min(numbers), max(numbers)) == (37, 37, 1073)


def test_biodiversity_keeps_every_event() -> None:
    found = read("polis/scoop-hivemind.biodiversity")

    assert len(found.votes) + len(found.superseded) == 29802
    assert found.title == "Protecting and Restoring NZ’s Biodiversity"


def test_the_matrix_alone_tells_the_same_votes(tmp_path: Path) -> None:
    name = "polis/scoop-hivemind.biodiversity"
    complete = read(name)
    for file in ("comments.csv", "participants-votes.csv"):
        (tmp_path / file).symlink_to((DATA / name / file).resolve())

    found = read_export(tmp_path, sign=SIGN)

    assert np.array_equal(found.votes.participants, complete.votes.participants)
    assert np.array_equal(found.votes.statements, complete.votes.statements)
    assert np.array_equal(found.votes.choices, complete.votes.choices)


def test_a_truncated_download_is_refused(tmp_path: Path) -> None:
    name = "polis/london.youth.policing"
    read(name)
    for path in (DATA / name).glob("*.csv"):
        content = path.read_bytes()
        keep = content.index(b"\n", 20_000) + 1 if path.name == "votes.csv" else None
        (tmp_path / path.name).write_bytes(content[:keep])

    with pytest.raises(PolisFormatError) as refused:
        read_export(tmp_path, sign=SIGN)

    assert str(refused.value) == (
        "participants-votes.csv, line 3, column 21: expected the vote of "
        "participant 2 on statement 21 in votes.csv too, found none there."
    )
