"""The forms of the set-up: what they tidy, suggest and refuse."""

from datetime import UTC, datetime

import pytest

from deliberation import forms
from deliberation.forms.setup import suggested_address
from tests.factories import ConversationFactory

LIMITS = {"vote_goal": "25", "max_statement_length": "280", "max_statements": ""}


def step(form, data, **conversation):
    return form(data, conversation=ConversationFactory.build(**conversation))


def test_new_conversation_is_tidied():
    form = forms.NewConversation(
        {
            "question": " What should\nan AI never do? ",
            "slug": "never",
            "language": "es",
        }
    )

    assert form.is_valid()
    assert form.cleaned_data == {
        "question": "What should an AI never do?",
        "slug": "never",
        "language": "es",
    }
    assert not form.is_suggested


def test_new_conversation_says_what_is_wrong_with_each_field():
    form = forms.NewConversation({"question": " ", "slug": "new", "language": "xx"})

    assert sorted(form.errors) == ["language", "question", "slug"]


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("What should the AI do?", "what-should-the-ai-do"),
        ("Größe – für alle?", "groe-fur-alle"),
        ("New", "conversation"),
        ("AI는 무엇을 해야 하나요?", "ai"),
        ("왜?", "conversation"),
        ("A", "conversation"),
        ("snake_case _ words", "snake-case-words"),
        ("word " * 30, "word-word-word-word-word-word-word-word"),
        ("x" * 200, "conversation"),
    ],
)
def test_address_is_made_of_the_first_words(question, address):
    assert suggested_address(question) == address


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vote_goal", "4"),
        ("vote_goal", "201"),
        ("max_statement_length", "79"),
        ("max_statement_length", "601"),
        ("max_statements", "0"),
        ("max_statements", "1001"),
        ("max_statements", "many"),
    ],
)
def test_limit_out_of_its_bounds_is_refused(field, value):
    form = forms.setup.LimitsStep

    assert step(form, LIMITS).is_valid()
    assert list(step(form, LIMITS | {field: value}).errors) == [field]


@pytest.mark.parametrize(
    ("form", "data", "wrong"),
    [
        (forms.setup.SightStep, {"results": "never"}, ["results"]),
        (
            forms.setup.PeopleStep,
            {"entry": "", "moderation": "sometimes"},
            ["entry", "moderation"],
        ),
        (
            forms.setup.RuleStep,
            {"threshold": "0", "max_principles": "501", "min_votes": "4"},
            ["threshold", "max_principles", "min_votes"],
        ),
        (
            forms.setup.WordsStep,
            {
                "question": "Why?",
                "language": "en",
                "description": "x" * 4001,
                "languages": ["xx"],
            },
            ["description", "languages"],
        ),
    ],
)
def test_what_is_out_of_bounds_or_unknown_is_refused(form, data, wrong):
    assert list(step(form, data).errors) == wrong


@pytest.mark.parametrize("written", ["2026-12-05T18:00", "2026-12-05 18:00"])
def test_times_are_read_in_the_time_of_the_site(written):
    form = step(forms.setup.ScheduleStep, {"votes_until": written}, state="draft")

    assert form.is_valid()
    assert form.cleaned_data["votes_until"] == datetime(2026, 12, 5, 18, tzinfo=UTC)


def test_description_keeps_what_means_something_in_markdown():
    data = {"question": "Why?", "language": "en"}
    text = "# Why\r\n\r\n- one\r\n  - two\u200b\r\n\tcode  "

    form = step(forms.setup.WordsStep, data | {"description": text})

    assert form.is_valid()
    assert form.cleaned_data["description"] == "# Why\n\n- one\n  - two\n    code"


def test_a_share_is_told_in_percent_and_kept_as_a_share():
    data = {"threshold": "70", "max_principles": "9", "min_votes": "8"}

    form = step(forms.setup.RuleStep, data)

    assert form.is_valid()
    assert form.cleaned_data["threshold"] == 0.7
    begun = step(forms.setup.RuleStep, None, draft_rule={"threshold": 0.7})
    assert begun.initial["threshold"] == 70
