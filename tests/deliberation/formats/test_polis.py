"""Reading well-formed exports of both generations, on small files written here."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deliberation.formats.polis import (
    ImportedStatement,
    PolisExport,
    Votes,
    VoteSign,
    VoteSignError,
    read_export,
    read_participant_numbers,
)

PLUS = VoteSign.AGREE_IS_PLUS_ONE
MINUS = VoteSign.AGREE_IS_MINUS_ONE
DATE = "Thu May 02 2024 01:26:41 GMT+0000 (Coordinated Universal Time)"
SUMMARY = 'topic,"Our ""AI"""\nurl,https://a.b/1\nconversation-description,"Two\nlines"'
COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    f'1714613201,{DATE},1,7,1,1,-1,"Be ""kind"",\nalways\n"\n'
    f"1714613200,{DATE},0,9,1,0,1,Be honest\n"
)
VOTES = (
    "timestamp,datetime,comment-id,voter-id,vote\n"
    f"1714613203,{DATE},0,7,1\n"
    f"1714613209,{DATE},1,7,-1\n"
    f"1714613204,{DATE},1,7,1\n"
    f"1714613205,{DATE},1,8,0\n"
)
MATRIX = (
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"
    "7,0,1,2,1,1,1,-1\n"
    "8,,0,1,0,0,,0\n"
    "5,,0,0,0,0,,\n"
)
Rows = list[tuple[int, int, int, int]]


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Writes a folder with the report export's files, or with those given."""

    def write(**files: str) -> Path:
        for name, text in files.items():
            path = tmp_path / f"{name.replace('_', '-')}.csv"
            path.write_bytes(text.encode())
        return tmp_path

    return write


def rows(votes: Votes) -> Rows:
    columns = (votes.participants, votes.statements, votes.choices, votes.cast_at)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def everything(found: PolisExport) -> tuple[object, ...]:
    people = found.participants.tolist()
    return found.statements, people, rows(found.votes), rows(found.superseded)


def test_read_export_reads_the_statements(export: Callable[..., Path]) -> None:
    folder = export(comments=COMMENTS, votes=VOTES)

    found = read_export(folder, sign=PLUS)

    first = datetime(2024, 5, 2, 1, 26, 40, tzinfo=UTC)
    second = datetime(2024, 5, 2, 1, 26, 41, tzinfo=UTC)
    body = 'Be "kind",\nalways\n'
    assert found.statements == (
        ImportedStatement(0, "Be honest", 9, 1, None, False, first, 1, 0),
        ImportedStatement(1, body, 7, -1, None, False, second, 1, 1),
    )


def test_read_export_reads_the_summary(export: Callable[..., Path]) -> None:
    folder = export(summary=SUMMARY, comments=COMMENTS, votes=VOTES)

    found = read_export(folder, sign=PLUS)

    texts = (found.title, found.description, found.url)
    assert texts == ('Our "AI"', "Two\nlines", "https://a.b/1")


def test_read_export_lives_without_a_summary(export: Callable[..., Path]) -> None:
    found = read_export(export(comments=COMMENTS, votes=VOTES), sign=PLUS)

    assert (found.title, found.description, found.url) == ("", "", "")


def test_read_export_keeps_the_latest_vote_of_a_pair(
    export: Callable[..., Path],
) -> None:
    folder = export(comments=COMMENTS, votes=VOTES, participant_votes=MATRIX)

    found = read_export(folder, sign=PLUS)

    assert rows(found.votes) == [
        (7, 0, 1, 1714613203000),
        (7, 1, -1, 1714613209000),
        (8, 1, 0, 1714613205000),
    ]
    assert rows(found.superseded) == [(7, 1, 1, 1714613204000)]
    assert (found.participants.tolist(), found.has_vote_times) == ([7, 8], True)


def test_read_export_takes_the_later_row_of_equal_times(
    export: Callable[..., Path],
) -> None:
    votes = VOTES.replace("1714613204", "1714613209")

    found = read_export(export(comments=COMMENTS, votes=votes), sign=PLUS)

    assert rows(found.votes)[1] == (7, 1, 1, 1714613209000)
    assert rows(found.superseded) == [(7, 1, -1, 1714613209000)]


def test_read_export_takes_milliseconds_too(export: Callable[..., Path]) -> None:
    votes = VOTES.replace("1714613203", "1714613203456")

    found = read_export(export(comments=COMMENTS, votes=votes), sign=PLUS)

    assert rows(found.votes)[0] == (7, 0, 1, 1714613203456)


def test_read_export_turns_the_other_sign(export: Callable[..., Path]) -> None:
    folder = export(comments=COMMENTS, votes=VOTES, participant_votes=MATRIX)

    found = read_export(folder, sign=MINUS)

    assert found.votes.choices.tolist() == [-1, 1, 0]
    assert found.superseded.choices.tolist() == [-1]


@pytest.mark.parametrize("name", ["participants_votes", "participant_votes"])
def test_read_export_lives_on_the_matrix_alone(
    export: Callable[..., Path], name: str
) -> None:
    folder = export(comments=COMMENTS, **{name: MATRIX})

    found = read_export(folder, sign=PLUS)

    assert rows(found.votes) == [(7, 0, 1, 0), (7, 1, -1, 0), (8, 1, 0, 0)]
    assert (rows(found.superseded), found.has_vote_times) == ([], False)
    assert found.participants.tolist() == [7, 8]


def test_read_export_never_keeps_the_xid(export: Callable[..., Path]) -> None:
    matrix = (
        "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"
        "7,panel-4711,0,1,2,1,1,1,-1\n"
        "8,,,0,1,0,0,,0\n"
    )
    folder = export(comments=COMMENTS, participants_votes=matrix)

    found = read_export(folder, sign=PLUS)

    plain = read_export(export(participants_votes=MATRIX), sign=PLUS)
    assert everything(found) == everything(plain)
    assert "4711" not in repr(found)


def test_read_export_reads_the_comments_of_2023(export: Callable[..., Path]) -> None:
    comments = (
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,"
        "group-informed-consensus,comment-body\n"
        "1726860676783,2,0,57,0,1,false,true,0.68,Hospitality\n"
        "1726860676784,3,0,5,0,0,true,false,0.1,Is this fair?\n"
    )
    votes = "timestamp,datetime,comment-id,voter-id,vote\n"

    found = read_export(export(comments=comments, votes=votes), sign=PLUS)

    flags = [(s.number, s.is_seed, s.is_meta) for s in found.statements]
    assert flags == [(2, True, False), (3, False, True)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("timestamp,", "\ufefftimestamp,"), ("\n", "\r\n")],
    ids=["bom", "crlf"],
)
def test_read_export_accepts_other_byte_habits(
    export: Callable[..., Path], before: str, after: str
) -> None:
    plain = everything(read_export(export(comments=COMMENTS, votes=VOTES), sign=PLUS))

    found = read_export(export(votes=VOTES.replace(before, after)), sign=PLUS)

    assert everything(found) == plain


def test_read_export_accepts_a_declaration_that_agrees(
    export: Callable[..., Path],
) -> None:
    said = "agree=+1;disagree=-1;pass=0;format=polis-export/1"
    votes = f"# vote-convention: {said}\n{VOTES}"
    summary = f"topic,A\nvote-convention,{said}"

    folder = export(summary=summary, comments=COMMENTS, votes=votes)

    assert rows(read_export(folder, sign=PLUS).votes)[0] == (7, 0, 1, 1714613203000)


def test_read_export_accepts_a_matrix_with_an_earlier_vote(
    export: Callable[..., Path],
) -> None:
    matrix = MATRIX.replace("1,-1\n", "1,1\n", 1)

    found = read_export(
        export(comments=COMMENTS, votes=VOTES, participant_votes=matrix), sign=PLUS
    )

    assert rows(found.votes)[1] == (7, 1, -1, 1714613209000)


def test_votes_cannot_be_changed(export: Callable[..., Path]) -> None:
    found = read_export(export(comments=COMMENTS, votes=VOTES), sign=PLUS)

    with pytest.raises(ValueError, match="read-only"):
        found.votes.choices[0] = -1


@pytest.mark.parametrize("text", ["", "agree=1", "agree=+1 ", "AGREE=-1", "auto"])
def test_vote_sign_refuses_all_but_two_forms(text: str) -> None:
    with pytest.raises(VoteSignError) as refused:
        VoteSign.parse(text)

    assert str(refused.value) == (
        f'The vote sign must be given as "agree=+1" or "agree=-1", but it was "{text}".'
    )


def test_vote_sign_reads_the_two_forms() -> None:
    assert [VoteSign.parse(text) for text in ("agree=+1", "agree=-1")] == [PLUS, MINUS]


def test_read_export_refuses_an_undecided_sign(export: Callable[..., Path]) -> None:
    folder = export(comments=COMMENTS, votes=VOTES)

    with pytest.raises(VoteSignError) as refused:
        read_export(folder, sign=None)  # type: ignore[arg-type]

    assert (refused.value.code, refused.value.params) == (
        "sign_undecided",
        {"found": "None"},
    )


@pytest.mark.parametrize(
    "text",
    ["7\n12\n7\n", "participant\n7\r\n12\r\n", "7\n12", "\ufeff7\n12\n"],
    ids=["plain", "heading", "no line end", "bom"],
)
def test_read_participant_numbers_reads_a_list(tmp_path: Path, text: str) -> None:
    path = tmp_path / "leave-out.csv"
    path.write_bytes(text.encode())

    assert read_participant_numbers(path) == frozenset({7, 12})
