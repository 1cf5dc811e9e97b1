"""Seed statements as forms: lines, files, and the marks that come back."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deliberation import forms
from deliberation.forms import Line


def pasted(text, language="en"):
    return forms.Seeds({"seeds": text, "language": language})


def in_file(text, language="en"):
    data = text if isinstance(text, bytes) else text.encode()
    files = {"file": SimpleUploadedFile("seeds.csv", data)}
    return forms.Seeds({"language": language}, files)


def lines(form):
    assert form.is_valid(), form.errors
    return form.cleaned_data["lines"]


def test_seeds_are_the_lines_that_say_something():
    form = pasted("One idea\n\n  Another   idea \r\n")

    assert lines(form) == [Line(1, "One idea", "en"), Line(3, "Another idea", "en")]


def test_a_bad_line_is_told_and_does_not_stop_the_others():
    form = pasted("\n".join(["Good", "!!!", "", "y" * 281]))

    assert lines(form) == [
        Line(1, "Good", "en"),
        Line(2, "!!!", "en", "Write a sentence in words."),
        Line(4, "y" * 281, "en", "This is 1 character too long; the limit is 280."),
    ]


def test_a_line_of_a_file_may_name_its_language():
    form = in_file(
        "text,language\nBe kind.,\nSei nett.,DE\nĈu ne?,eo\nToo,many,cells\n"
    )

    assert lines(form) == [
        Line(2, "Be kind.", "en"),
        Line(3, "Sei nett.", "de"),
        Line(4, "Ĉu ne?", "eo", "“eo” is no language that can be read here."),
        Line(5, "Too", "many", "It has not as many columns as the first line."),
    ]


@pytest.mark.parametrize("make", [pasted, lambda text: in_file("text\n" + text)])
def test_five_hundred_lines_fit_and_no_more(make):
    lines(make("idea\n" * 500))
    too_many = make("idea\n" * 501)

    (errors,) = too_many.errors.values()
    assert errors == ["These are 501 lines; at most 500 fit in one go."]


def test_a_file_of_twenty_thousand_lines_is_refused():
    short, long = in_file("text\n" + "idea\n" * 20_000), in_file("idea here\n" * 25_000)

    assert short.errors == {
        "file": ["These are 20000 lines; at most 500 fit in one go."]
    }
    assert long.errors == {
        "file": ["This file is larger than 200 kB. At most 500 lines fit in one go."]
    }


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            "text\nÄrger".encode("latin-1"),
            "This file is not text in UTF-8. Save it as “CSV UTF-8” and choose it"
            " again.",
        ),
        (
            b"Be kind.\n",
            "The first line has to name the columns: text, or text and language.",
        ),
        (b"", "The first line has to name the columns: text, or text and language."),
        (
            b"text,votes\nBe kind.,3\n",
            "There is a column “votes”, which is not known. Keep text and language"
            " alone.",
        ),
        (
            b'text\n"Be kind.\n',
            "Line 2 cannot be read: a quotation mark is missing, or one too many.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(data, sentence):
    assert in_file(data).errors == {"file": [sentence]}


def test_nothing_at_all_is_refused():
    sentence = "Write at least one statement, or choose a file that holds one."

    assert pasted(" \n ").errors == {"__all__": [sentence]}
    assert in_file("text\n").errors == {"__all__": [sentence]}


def test_lines_and_a_file_at_once_are_refused():
    file = SimpleUploadedFile("seeds.csv", b"text\nBe kind.\n")
    form = forms.Seeds({"seeds": "Be brief.", "language": "en"}, {"file": file})

    assert form.errors == {
        "__all__": ["Paste statements or choose a file, one of them at a time."]
    }


# --- What comes back -------------------------------------------------------------------

GIVEN = [Line(1, "Be kind.", "en"), Line(3, "Sei nett.", "de"), Line(4, "!", "en")]


def back(*marks, given=None):
    sent = forms.seeds.packed(GIVEN) if given is None else given
    return forms.AddSeeds({"lines": sent, "add": list(marks)})


def test_marked_lines_come_back_whole():
    form = back(0, 1)

    assert form.is_valid()
    assert form.cleaned_data["chosen"] == GIVEN[:2]


def test_a_line_that_was_changed_on_its_way_is_checked_again():
    form = back(0, 2)

    assert form.errors == {"__all__": ["Line 4: Write a sentence in words."]}


def test_no_mark_is_refused():
    assert back().errors == {"add": ["Mark at least one statement to add."]}


@pytest.mark.parametrize(
    "given",
    [
        '{"a": 1}',
        "[1]",
        '[["1", "Be kind.", "en"]]',
        '[[true, "Be kind.", "en"]]',
        "[[1]]",
    ],
)
def test_lines_that_are_not_whole_are_refused(given):
    assert back(0, given=given).errors == {
        "lines": ["What you sent is not whole: begin again with your lines."]
    }


def test_more_lines_than_fit_do_not_come_back():
    many = json.dumps([[n, "Be kind.", "en"] for n in range(501)])

    assert back(0, given=many).errors == {
        "lines": ["These are 501 lines; at most 500 fit in one go."]
    }
