"""Every way in which a file can be broken, and the one sentence that says so."""

# ruff: noqa: E501 - the table of broken files is read across, one case a line

import pickle
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.formats.polis import (
    PolisFormatError,
    VoteSign,
    read_export,
    read_participant_numbers,
)
from deliberation.formats.polis.errors import MESSAGES, at

SIGN = VoteSign.AGREE_IS_PLUS_ONE
COMMENTS_HEADER = (
    b"timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
)
GOOD = {
    "summary.csv": b"topic,Rules\n",
    "comments.csv": COMMENTS_HEADER + b"1700000000,x,0,7,1,0,1,Be honest\n",
    "votes.csv": b"timestamp,datetime,comment-id,voter-id,vote\n1700000000,x,0,7,1\n",
    "participants-votes.csv": (
        b"participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0\n"
        b"7,,0,1,1,1,0,1\n"
    ),
}
NUMBER = "expected a whole number from 0 to 999999999, found"

# file, what is replaced in it, by what, and the sentence
BROKEN = [
    ("votes.csv", b"voter-id", b"voter", "line 1, column voter-id: expected this column in the header, found none."),
    ("votes.csv", b"datetime", b"vote", "line 1, column vote: expected this column once, found it again."),
    ("votes.csv", b"x,0,7,1\n", b"x,0", "line 2, column voter-id: expected 5 fields, found 3."),
    ("votes.csv", b",7,1\n", b",7,1,1\n", "line 2, column vote: expected 5 fields, found 6."),
    ("votes.csv", b"7,1\n", b"7,1\n\n", "line 3, column timestamp: expected 5 fields, found 0."),
    ("votes.csv", b"7,1\n", b"7,2\n", 'line 2, column vote: expected a vote of 1, 0 or -1, found "2".'),
    ("votes.csv", b"7,1\n", b"7,\n", 'line 2, column vote: expected a vote of 1, 0 or -1, found "".'),
    ("votes.csv", b"0,7,", b"0,seven,", f'line 2, column voter-id: {NUMBER} "seven".'),
    ("votes.csv", b"0,7,", b"0,-7,", f'line 2, column voter-id: {NUMBER} "-7".'),
    ("votes.csv", b"0,7,", b"0,7_0,", f'line 2, column voter-id: {NUMBER} "7_0".'),
    ("votes.csv", b"0,7,", b"0,1000000000,", f'line 2, column voter-id: {NUMBER} "1000000000".'),
    ("votes.csv", b"1700000000", b"1.7e9", 'line 2, column timestamp: expected a time in seconds or milliseconds since 1970, found "1.7e9".'),
    ("votes.csv", b"x,0,7", b"x,5,7", "line 2, column comment-id: expected a statement of comments.csv, found statement 5."),
    ("votes.csv", b"x,0,7", b"x,0,8", "line 2, column comment-id: expected the vote of participant 8 on statement 0 in participants-votes.csv too, found none there."),
    ("votes.csv", b"x,0", b"\xff,0", "line 2, column 12: expected UTF-8 text, found the byte 0xFF."),
    ("votes.csv", b"x,0", b"\0,0", "line 2, column 12: expected text, found a NUL character."),
    ("votes.csv", b",x,", b',"x,', "line 2, column datetime: expected a closing quotation mark, found the end of the file."),
    ("votes.csv", b",x,", b',"x"x,', "line 2, column vote: expected quotation marks and line breaks only around and inside quoted fields, found one elsewhere."),
    ("votes.csv", b",x,", b"," + b"x" * 2**20 + b"x,", "line 2, column datetime: expected a field of at most 1048576 characters, found a longer one."),
    ("votes.csv", b"timestamp", b"# vote-convention: agree=-1;disagree=+1;pass=0\ntimestamp", 'line 1, column vote-convention: expected a file with "agree=+1" as you declared, but the file says "agree=-1".'),
    ("votes.csv", b"timestamp", b"# vote-convention: yes\ntimestamp", 'line 1, column vote-convention: expected a vote convention such as "agree=+1;disagree=-1;pass=0", found "yes".'),
    ("summary.csv", b"topic", b"vote-convention,agree=-1;disagree=1\ntopic", 'line 1, column vote-convention: expected a file with "agree=+1" as you declared, but the file says "agree=-1".'),
    ("summary.csv", b",Rules", b"", "line 1, column topic: expected 2 fields, found 1."),
    ("summary.csv", b"Rules", b"Rules\ntopic,More", "line 2, column topic: expected this column once, found it again."),
    ("comments.csv", b"\n1700000000", b"\nsoon", 'line 2, column timestamp: expected a time in seconds or milliseconds since 1970, found "soon".'),
    ("comments.csv", b"0,1,Be", b"0,2,Be", 'line 2, column moderated: expected a moderation state of 1, 0 or -1, found "2".'),
    ("comments.csv", b"Be honest", b'" \n"', "line 2, column comment-body: expected the text of a statement, found none."),
    ("comments.csv", b"Be honest", b"Be, honest", "line 2, column comment-body: expected 8 fields, found 9."),
    ("comments.csv", b"Be honest\n", b"A\n1700000000,x,0,7,1,0,1,B\n", "line 3, column comment-id: expected each statement once, found statement 0 again."),
    ("comments.csv", b"datetime,", b"is-seed,", 'line 2, column is-seed: expected "true" or "false", found "x".'),
    ("comments.csv", b"comment-body", b"body", "line 1, column comment-body: expected this column in the header, found none."),
    ("participants-votes.csv", b",0\n7", b",total\n7", "line 1, column total: expected a statement number as the column's name."),
    ("participants-votes.csv", b"0,1\n", b"0,agree\n", 'line 2, column 0: expected a vote of 1, 0 or -1, found "agree".'),
    ("participants-votes.csv", b"0,1\n", b"0,1\n7,,0,1,1,1,0,1\n", "line 3, column participant: expected each participant once, found participant 7 again."),
    ("participants-votes.csv", b"0,1\n", b"0,1\n9,,0,1,1,1,0,1\n", "line 3, column 0: expected the vote of participant 9 on statement 0 in votes.csv too, found none there."),
    ("participants-votes.csv", b"0,1\n", b"0,-1\n", "line 2, column 0: expected the vote of participant 7 on statement 0 to be one of those in votes.csv, found another."),
]  # fmt: skip


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def refusal(folder: Path) -> PolisFormatError:
    with pytest.raises(PolisFormatError) as refused:
        read_export(folder, sign=SIGN)
    return refused.value


def test_read_export_reads_the_unbroken_files(tmp_path: Path) -> None:
    found = read_export(write(tmp_path, GOOD), sign=SIGN)

    assert found.votes.choices.tolist() == [1]


@pytest.mark.parametrize(("file", "old", "new", "sentence"), BROKEN)
def test_read_export_names_the_broken_place(
    tmp_path: Path, file: str, old: bytes, new: bytes, sentence: str
) -> None:
    broken = GOOD[file].replace(old, new, 1)

    error = refusal(write(tmp_path, {**GOOD, file: broken}))

    assert str(error) == f"{file}, {sentence}"
    place = f"{error.file}, line {error.line}, column {error.column}: "
    assert str(error).startswith(place)
    assert error.message_id == MESSAGES[error.code]


def test_read_export_refuses_a_quote_left_open_over_lines(tmp_path: Path) -> None:
    rows = b'1700000000,x,0,7,1,0,1,"one\n\n1700000000,x,1,7,1,0,1,two\n'

    error = refusal(write(tmp_path, {**GOOD, "comments.csv": COMMENTS_HEADER + rows}))

    assert str(error) == (
        "comments.csv, line 2, column comment-body: "
        "expected a closing quotation mark, found the end of the file."
    )


def test_read_export_refuses_a_matrix_vote_on_an_unknown_statement(
    tmp_path: Path,
) -> None:
    matrix = b"participant,3\n7,1\n"

    error = refusal(write(tmp_path, {**GOOD, "participants-votes.csv": matrix}))

    assert str(error) == (
        "participants-votes.csv, line 2, column 3: "
        "expected a statement of comments.csv, found statement 3."
    )


def test_read_export_refuses_an_endless_line(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, {**GOOD, "votes.csv": b"x" * (2**24 + 1)}))

    assert str(error) == (
        "votes.csv, line 1, column 1: "
        "expected a line of at most 16777216 bytes, found a longer one."
    )


@pytest.mark.parametrize("file", ["comments.csv", "votes.csv"])
def test_read_export_refuses_an_empty_file(tmp_path: Path, file: str) -> None:
    error = refusal(write(tmp_path, {**GOOD, file: b""}))

    assert str(error) == (
        f"{file}, line 1, column 1: expected a first line, found an empty file."
    )


@pytest.mark.parametrize("file", ["comments.csv", "votes.csv"])
def test_read_export_refuses_a_missing_file(tmp_path: Path, file: str) -> None:
    absent = {file, "participants-votes.csv"}
    files = {name: content for name, content in GOOD.items() if name not in absent}

    error = refusal(write(tmp_path, files))

    assert str(error) == f"{file}: expected this file in the folder, found none."
    assert (error.file, error.line, error.column) == (file, None, None)


def test_read_export_refuses_a_missing_folder(tmp_path: Path) -> None:
    assert str(refusal(tmp_path / "nowhere")) == (
        "nowhere: expected a folder with a Polis export, found none."
    )


def test_read_export_refuses_two_matrices(tmp_path: Path) -> None:
    second = {"participant-votes.csv": GOOD["participants-votes.csv"]}

    error = refusal(write(tmp_path, {**GOOD, **second}))

    assert str(error) == (
        "participants-votes.csv: expected only one file of this kind, "
        "found participant-votes.csv beside it."
    )


def test_polis_format_error_survives_a_queue() -> None:
    error = at("missing_column", "votes.csv", 1, "vote")

    again = pickle.loads(pickle.dumps(error))  # noqa: S301

    assert (str(again), again.code, again.line) == (str(error), "missing_column", 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"7\nx\n", f'line 2, column 1: {NUMBER} "x".'),
        (b"7,8\n", f'line 1, column 1: {NUMBER} "7,8".'),
        (b"7\n\n8\n", f'line 2, column 1: {NUMBER} "".'),
        (b"", "line 1, column 1: expected a first line, found an empty file."),
    ],
)
def test_read_participant_numbers_names_the_broken_line(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "toss.csv").write_bytes(content)

    with pytest.raises(PolisFormatError) as refused:
        read_participant_numbers(tmp_path / "toss.csv")

    assert str(refused.value) == f"toss.csv, {sentence}"


CSV_LIKE = st.text('0123456789,-"\n\r\ufeff\0#xé', max_size=60).map(str.encode)


@settings(max_examples=150, deadline=None)
@given(
    file=st.sampled_from(sorted(GOOD)),
    content=st.binary(max_size=60) | CSV_LIKE,
    keep=st.integers(0, 120),
)
def test_read_export_knows_no_other_failure(
    file: str, content: bytes, keep: int
) -> None:
    damaged = GOOD[file][:keep] + content
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {**GOOD, file: damaged})
        outcome = f"{file}, line "
        try:
            read_export(Path(folder), sign=SIGN)
        except PolisFormatError as error:
            outcome = str(error)

    assert outcome.startswith(tuple(f"{name}, line " for name in GOOD))


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=40) | CSV_LIKE)
def test_read_participant_numbers_knows_no_other_failure(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "toss.csv"
        path.write_bytes(content)
        outcome = "toss.csv, line "
        try:
            read_participant_numbers(path)
        except PolisFormatError as error:
            outcome = str(error)

    assert outcome.startswith("toss.csv, line ")
