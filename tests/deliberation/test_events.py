"""What a script sends: read to the letter, or refused by the name of the field."""

import json

import pytest

from deliberation import forms
from deliberation.forms import events

KEY = "0b9c2f4e-one-event"


def sent(**changes):
    body = {"participant": "signed", "key": KEY, "statement": 7, "choice": 1}
    return json.dumps(body | changes).encode()


def test_vote_is_read():
    draw = forms.signed_draw(7, 0.25, 30)

    event = events.vote(sent(draw=draw, held=[1, 2]))

    assert event == events.VoteEvent("signed", KEY, 7, 1, 0.25, 30, (1, 2))


def test_vote_without_a_draw_or_a_hand_is_read():
    assert events.vote(sent()) == events.VoteEvent("signed", KEY, 7, 1, None, None, ())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("choice", value) for value in (2, -2, "1", 1.0, True, None, [1], 10**30)),
        *(("statement", value) for value in (0, -1, "7", 7.0, True, None, 2**63)),
        *(("key", value) for value in ("", "short", "x" * 37, "с-кириллицей", 8, None)),
        *(("key", value) for value in ("with space", "a\x00bcdefgh", "line\nbreak")),
        *(("held", value) for value in ("1,2", [0], ["1"], [True], [1] * 51, {}, 1)),
        *(("draw", value) for value in (1, None, [])),
        *(("participant", value) for value in (1, None, ["signed"])),
    ],
)
def test_vote_names_the_field_that_is_wrong(field, value):
    with pytest.raises(events.Malformed) as refused:
        events.vote(sent(**{field: value}))

    assert (refused.value.params, refused.value.http_status) == ({"field": field}, 422)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b"[" * 8000,
        b'{"a":' * 1300,
        b'{"key": "\\ud800-half-a-pair"}',
        b'{"statement": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_json_object_is_refused(body):
    with pytest.raises(events.Malformed):
        events.vote(body)


def test_a_huge_body_is_refused():
    with pytest.raises(events.TooLarge) as refused:
        events.vote(sent(more="x" * events.MOST_BYTES))

    assert refused.value.http_status == 413


def test_undo_is_read():
    event = events.undo(sent(vote_key="the-vote-s-own-key"))

    assert event == events.UndoEvent("signed", KEY, 7, "the-vote-s-own-key")


@pytest.mark.parametrize(
    ("more", "matters", "reason"),
    [
        ({}, None, None),
        ({"matters": True}, True, None),
        ({"reason": " I\u202e saw\n it. "}, None, "I saw it."),
        ({"matters": False, "reason": ""}, False, ""),
    ],
)
def test_remark_is_read(more, matters, reason):
    event = events.remark(sent(**more))

    assert event == events.RemarkEvent("signed", KEY, 7, matters, reason)


@pytest.mark.parametrize("more", [{"matters": 1}, {"matters": "yes"}, {"reason": 3}])
def test_remark_refuses_other_types(more):
    with pytest.raises(events.Malformed):
        events.remark(sent(**more))


def test_remark_refuses_a_reason_that_is_too_long():
    with pytest.raises(events.ReasonTooLong):
        events.remark(sent(reason="x" * 281))


@pytest.mark.parametrize(("ids", "held"), [("", ()), ("7", (7,)), ("1,2,3", (1, 2, 3))])
def test_held_is_read_from_an_address(ids, held):
    assert events.held_in_query(ids) == held


@pytest.mark.parametrize("ids", [",", "1,", "x", "1 2", "0", "9" * 30, "٣", "1,-2"])
def test_held_in_an_address_is_refused_when_it_is_no_list_of_ids(ids):
    with pytest.raises(events.Malformed):
        events.held_in_query(ids)
