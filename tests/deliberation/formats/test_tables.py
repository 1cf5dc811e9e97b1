"""Tables for spreadsheets: quoted as they should be, and nothing that runs."""

import csv

import pytest

from deliberation.formats import tables


def read(lines):
    return list(csv.reader(lines))


def test_a_table_reads_back_as_it_was():
    rows = [(1, 'He said "no", twice', "two\nlines"), (2, "はい", "")]

    lines = list(tables.to_csv(("n", "a", "b"), rows))

    assert read(lines) == [
        ["n", "a", "b"],
        ["1", 'He said "no", twice', "two\nlines"],
        ["2", "はい", ""],
    ]


def test_nothing_is_empty_and_yes_is_one():
    lines = list(tables.to_csv(("a", "b", "c", "d"), [(None, True, False, -0.5)]))

    assert read(lines)[1] == ["", "1", "0", "-0.5"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_begins_like_a_formula_is_none(text):
    lines = list(tables.to_csv(("a",), [(text,)]))

    assert lines[1].lstrip('"').startswith("'")


def test_lines_are_made_as_they_are_asked_for():
    rows = iter([(1,), (2,)])

    lines = tables.to_csv(("n",), rows)

    assert (next(lines), next(lines), next(rows)) == ("n\r\n", "1\r\n", (2,))
