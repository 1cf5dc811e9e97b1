"""Seed statements in files: what is read, and why a file is refused."""

import pytest

from deliberation.formats.seeds import MAX_BYTES, NotSeeds, Problem, Row, read

PLAIN = [Row(2, "Be kind.", "", True), Row(3, "Be brief, please.", "", True)]


@pytest.mark.parametrize(
    "data",
    [
        b'text\r\nBe kind.\r\n"Be brief, please."\r\n',
        b'\xef\xbb\xbftext\nBe kind.\n"Be brief, please."',
        b'TEXT \nBe kind.\n"Be brief, please."\n\n',
        'text\r\nBe kind.\r\n"Be brief, please."\r\n'.encode("utf-16"),
    ],
)
def test_one_column_is_read_however_it_is_written(data):
    assert read(data) == PLAIN


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_may_stand_in_any_order_behind_any_sign(sign):
    data = f"language{sign}text\nde{sign}Sei nett.\n".encode()

    assert read(data) == [Row(2, "Sei nett.", "de", True)]


def test_a_text_over_several_lines_has_the_number_of_its_first():
    data = b'text,language\n"Be\nkind.",en\n\nBe brief.,en\n'

    assert read(data) == [
        Row(2, "Be\nkind.", "en", True),
        Row(5, "Be brief.", "en", True),
    ]


def test_quotation_marks_within_a_text_are_doubled():
    assert read(b'text\n"Say ""no""."\n') == [Row(2, 'Say "no".', "", True)]


def test_a_row_with_a_cell_too_many_or_too_few_is_not_whole():
    data = b"text,language\nBe kind, be brief.,en\nBe kind.\n"

    assert [row.is_whole for row in read(data)] == [False, False]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"text\n" + b"x" * MAX_BYTES, Problem.TOO_LARGE),
        ("text\nÄrger".encode("latin-1"), Problem.NOT_TEXT),
        (b"text\n\0", Problem.NOT_TEXT),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00", Problem.NOT_TEXT),
        (b"", Problem.NO_COLUMNS),
        (b"Be kind.\nBe brief.\n", Problem.NO_COLUMNS),
        (b"text,text\na,b\n", Problem.NO_COLUMNS),
        (b"text,author\nBe kind.,me\n", Problem.UNKNOWN_COLUMN),
        (b'text\nFine.\n"Be kind.\n', Problem.BROKEN),
        (b'text\nFine.\n"Be" kind.\n', Problem.BROKEN),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_by_name(data, problem):
    with pytest.raises(NotSeeds) as refused:
        read(data)

    assert refused.value.problem is problem


def test_a_broken_file_names_the_line():
    with pytest.raises(NotSeeds) as refused:
        read(b'text\nFine.\n"Be kind.\n')

    assert refused.value.line == 3
