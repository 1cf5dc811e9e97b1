"""What a person is shown to judge the vote sign, and what it never decides."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deliberation.formats.polis import (
    AuthorTest,
    ListedCounts,
    SignCheck,
    SignVerdict,
    StatementTally,
    VoteSign,
    read_export,
    sign_check,
)

PLUS = VoteSign.AGREE_IS_PLUS_ONE
MINUS = VoteSign.AGREE_IS_MINUS_ONE
RIGHT, WRONG, UNKNOWN = (
    SignVerdict.LOOKS_RIGHT,
    SignVerdict.LOOKS_WRONG,
    SignVerdict.CANNOT_TELL,
)
N_STATEMENTS = 8
Check = Callable[..., SignCheck]


def comments(n_people: int, *, swapped: bool) -> str:
    lines = ["timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body"]
    for number in range(N_STATEMENTS):
        counts = [min(n_people, number + 1), max(n_people - number - 1, 0)]
        listed = ",".join(map(str, reversed(counts) if swapped else counts))
        lines.append(f"1700000000,{number},{number},{listed},1,Text {number}")
    return "\n".join(lines)


def matrix(n_people: int) -> str:
    """Person n wrote statement n, agrees with it and later ones, not with earlier."""
    lines = ["participant," + ",".join(map(str, range(N_STATEMENTS)))]
    for person in range(n_people):
        cells = ["1" if n >= person else "-1" for n in range(N_STATEMENTS)]
        lines.append(f"{person}," + ",".join(cells))
    return "\n".join(lines)


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Runs the check on a small world in which agree is +1."""

    def run(
        sign: VoteSign, *, swapped: bool = False, n_people: int = N_STATEMENTS
    ) -> SignCheck:
        text = comments(n_people, swapped=swapped)
        (tmp_path / "comments.csv").write_text(text)
        (tmp_path / "participants-votes.csv").write_text(matrix(n_people))
        return sign_check(read_export(tmp_path, sign=sign), min_votes=n_people)

    return run


def test_sign_check_shows_the_extremes(check: Check) -> None:
    found = check(PLUS)

    assert found.most_agreed == (
        StatementTally(7, "Text 7", 8, 0, 0),
        StatementTally(6, "Text 6", 7, 0, 1),
        StatementTally(5, "Text 5", 6, 0, 2),
    )
    assert found.most_disagreed == (
        StatementTally(0, "Text 0", 1, 0, 7),
        StatementTally(1, "Text 1", 2, 0, 6),
        StatementTally(2, "Text 2", 3, 0, 5),
    )


def test_sign_check_finds_the_right_sign_right(check: Check) -> None:
    found = check(PLUS)

    assert found.authors == AuthorTest(8, 0, 0, RIGHT)
    assert found.listed.correlation == 1.0
    assert (found.listed.verdict, found.verdict) == (RIGHT, RIGHT)


def test_sign_check_finds_the_wrong_sign_wrong(check: Check) -> None:
    found = check(MINUS)

    assert found.authors == AuthorTest(0, 0, 8, WRONG)
    assert found.listed.correlation_if_flipped == 1.0
    assert (found.listed.verdict, found.verdict) == (WRONG, WRONG)


def test_sign_check_says_nothing_when_the_witnesses_contradict(check: Check) -> None:
    found = check(PLUS, swapped=True)

    verdicts = (found.authors.verdict, found.listed.verdict, found.verdict)
    assert verdicts == (RIGHT, WRONG, UNKNOWN)


def test_sign_check_does_not_lean_on_few_authors(check: Check) -> None:
    found = check(PLUS, n_people=6)

    assert found.authors == AuthorTest(6, 0, 0, UNKNOWN)


def test_sign_check_lives_without_votes(check: Check) -> None:
    found = check(PLUS, n_people=0)

    assert found.authors == AuthorTest(0, 0, 0, UNKNOWN)
    assert found.listed == ListedCounts(None, None, UNKNOWN)
    assert found.verdict == UNKNOWN
