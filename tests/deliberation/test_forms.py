"""What forms let through, and the sentences they answer with."""

import pytest

from deliberation import forms
from deliberation.models import Choice, Statement


def vote_data(**changes):
    return {"statement": "7", "choice": "1", "draw": ""} | changes


def test_vote_cleans_to_what_the_action_takes():
    draw = forms.signed_draw(7, 0.25, 30)
    form = forms.Vote(vote_data(draw=draw, key="one-event"))

    assert form.is_valid()
    assert form.cleaned_data == {
        "key": "one-event",
        "statement": 7,
        "choice": Choice.AGREE,
        "probability": 0.25,
        "n_candidates": 30,
    }


@pytest.mark.parametrize(
    "key", ["short", "x" * 37, "with space", "ключ-один", "a.b.c.d.e"]
)
def test_vote_refuses_a_key_that_is_none(key):
    assert list(forms.Vote(vote_data(key=key)).errors) == ["key"]


@pytest.mark.parametrize(("sent", "choice"), [("1", 1), ("0", 0), ("-1", -1)])
def test_vote_knows_three_choices(sent, choice):
    form = forms.Vote(vote_data(choice=sent))

    assert form.is_valid()
    assert form.cleaned_data["choice"] is Choice(choice)


@pytest.mark.parametrize("choice", ["", "2", "-2", "agree", "1.0", "01", "None"])
def test_vote_refuses_a_made_up_choice(choice):
    form = forms.Vote(vote_data(choice=choice))

    assert not form.is_valid()
    assert list(form.errors) == ["choice"]


@pytest.mark.parametrize("statement", ["", "0", "-3", "seven", "7.5"])
def test_vote_refuses_a_made_up_statement(statement):
    form = forms.Vote(vote_data(statement=statement))

    assert not form.is_valid()
    assert list(form.errors) == ["statement"]


@pytest.mark.parametrize(
    "draw",
    [
        "",
        "7/0.250000000/30",
        "7/0.250000000/30:forged",
        forms.signed_draw(7, 0.25, 30) + "x",
        forms.signed_draw(7, 0.25, 30).replace("0.25", "0.75"),
        forms.signed_draw(8, 0.25, 30),
        # As the last release signed it.
        forms.DRAW.sign("7/0.25"),
    ],
)
def test_vote_takes_a_draw_it_did_not_sign_as_unknown(draw):
    form = forms.Vote(vote_data(draw=draw))

    assert form.is_valid()
    drawn = form.cleaned_data["probability"], form.cleaned_data["n_candidates"]
    assert drawn == (None, None)


@pytest.mark.parametrize("probability", [1.0, 0.5, 1e-9, 1e-15])
def test_signed_draw_keeps_a_probability_above_zero(probability):
    form = forms.Vote(vote_data(draw=forms.signed_draw(7, probability, 9)))

    assert form.is_valid()
    assert form.cleaned_data["probability"] == probability


@pytest.mark.parametrize(
    ("sent", "matters", "reason"),
    [
        ({}, None, None),
        ({"has_matters": "1"}, False, None),
        ({"has_matters": "1", "matters": "1"}, True, None),
        ({"matters": "1"}, True, None),
        ({"reason": " I have\nseen it. "}, None, "I have seen it."),
        ({"reason": " "}, None, ""),
    ],
)
def test_remark_tells_what_was_asked_from_what_was_not(sent, matters, reason):
    form = forms.Remark({"statement": "7"} | sent)

    assert form.is_valid()
    cleaned = {"statement": 7, "matters": matters, "reason": reason}
    assert form.cleaned_data == cleaned


def test_submit_statement_tidies_the_text():
    form = forms.SubmitStatement({"text": " Rivers\nshould  be\x00clean. "})

    assert form.is_valid()
    assert form.cleaned_data == {
        "text": "Rivers should be clean.",
        "considered": frozenset(),
    }


@pytest.mark.parametrize("text", ["", "  \n ", "👍", "\x00\x01"])
def test_submit_statement_asks_for_words(text):
    form = forms.SubmitStatement({"text": text})

    assert form.errors == {"text": ["Write a sentence in words."]}


def test_submit_statement_counts_the_tidied_text():
    fits = forms.SubmitStatement({"text": "xy" * 139 + "\r\n\r\ny   "})
    too_long = forms.SubmitStatement({"text": "xy" * 141 + "x"})

    assert fits.is_valid()
    assert too_long.errors == {
        "text": ["This is 3 characters too long; the limit is 280."]
    }


def test_submit_statement_keeps_to_the_limit_of_its_conversation():
    form = forms.SubmitStatement({"text": "Rivers have rights."}, limit=10)

    assert form.errors == {"text": ["This is 9 characters too long; the limit is 10."]}


@pytest.mark.parametrize(
    ("sent", "considered"),
    [
        ("12,7", {12, 7}),
        ("", set()),
        ("7,x,-1,9e9,٣", {7}),
        ("9" * 5000, set()),
        (",".join("1" * 50), {1}),
    ],
)
def test_submit_statement_reads_what_was_considered(sent, considered):
    form = forms.SubmitStatement({"text": "Rivers.", "considered": sent})

    assert form.is_valid()
    assert form.cleaned_data["considered"] == considered


def test_reject_needs_a_reason_we_know():
    reasons = Statement.Reason.choices
    form = forms.Reject({"reason": "ugly", "note": ""}, reasons=reasons)

    assert form.errors == {
        "reason": ["Select a valid choice. ugly is not one of the available choices."]
    }


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"threshold": "0", "max_principles": "5"}, ["threshold"]),
        ({"threshold": "101", "max_principles": "5"}, ["threshold"]),
        ({"threshold": "60", "max_principles": "0"}, ["max_principles"]),
        ({"threshold": "60", "max_principles": "501"}, ["max_principles"]),
        ({"threshold": "60", "max_principles": "20", "min_votes": "4"}, ["min_votes"]),
        ({"threshold": "60", "max_principles": "20"}, []),
    ],
)
def test_draft_rule_takes_a_percentage_and_a_number(data, wrong):
    assert list(forms.DraftRule({"min_votes": "5"} | data).errors) == wrong


def test_reword_refuses_a_principle_that_is_too_long():
    form = forms.Reword({"text": "x" * 601})

    assert form.errors == {"text": ["This is 1 character too long; the limit is 600."]}


@pytest.mark.parametrize(("direction", "ok"), [("up", True), ("left", False)])
def test_move_knows_up_and_down(direction, ok):
    assert forms.Move({"direction": direction}).is_valid() is ok
