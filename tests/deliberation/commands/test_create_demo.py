"""The demo: alive from the first page on, and the same each time."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from deliberation import queries
from deliberation.management import demo
from deliberation.models import Conversation, Moderator, Statement, Vote
from deliberation.validators import clean_text, validate_statement
from tests import factories

TEXTS = [text for seeds in demo.SEEDS.values() for text, _tendency in seeds] + [
    submitted.text for submitted in demo.SUBMITTED + demo.LATER
]


def create_demo() -> str:
    out = StringIO()
    call_command("create_demo", stdout=out)
    return out.getvalue()


@pytest.fixture
def few_people(monkeypatch) -> None:
    """As lively, and five times as quick."""
    monkeypatch.setattr(demo, "N_PARTICIPANTS", 18)


@pytest.mark.django_db
def test_demo_is_analysed_and_open(few_people: None) -> None:
    said = create_demo()

    conversation = Conversation.objects.get(slug="demo")
    assert conversation.state == "open"
    assert queries.analysis.is_current(conversation)
    assert said == (
        "The demo conversation is at /c/demo/: 18 participants, 32 statements,"
        f" {Vote.objects.count()} votes.\n"
    )


@pytest.mark.django_db
def test_demo_made_again_changes_nothing(few_people: None) -> None:
    create_demo()
    before = Vote.objects.count()

    said = create_demo()

    assert said == "The demo conversation is there already.\n"
    assert Vote.objects.count() == before


@pytest.mark.django_db
def test_demo_belongs_to_the_first_account_who_has_decided(few_people: None) -> None:
    account = factories.UserFactory()
    factories.UserFactory()

    create_demo()

    assert list(Moderator.objects.values_list("user_id", "role")) == [
        (account.pk, "owner")
    ]
    submitted = Statement.objects.filter(is_seed=False).order_by("number")
    assert list(submitted.values_list("state", "reason")) == [
        ("accepted", ""),
        ("rejected", "several_ideas"),
        ("accepted", ""),
        *[("pending", "")] * 9,
        ("rejected", "spam"),
        ("rejected", "off_topic"),
        ("rejected", "unclear"),
        ("rejected", "duplicate"),
        *[("pending", "")] * 2,
    ]
    assert set(submitted.values_list("decided_by", flat=True)) == {account.pk, None}


@pytest.mark.django_db
def test_demo_without_an_account_waits_for_decisions(few_people: None) -> None:
    create_demo()

    submitted = Statement.objects.filter(is_seed=False)
    assert set(submitted.values_list("state", flat=True)) == {"pending"}
    assert Moderator.objects.count() == 0


@pytest.mark.parametrize("text", TEXTS)
def test_demo_texts_are_what_anyone_may_write(text: str) -> None:
    try:
        validate_statement(text)
    except ValidationError as error:
        pytest.fail(error.messages[0])
    assert clean_text(text) == text


def test_demo_speaks_two_languages_and_says_nothing_twice() -> None:
    assert {language: len(seeds) for language, seeds in demo.SEEDS.items()} == {
        "en": 24,
        "es": 8,
    }
    assert len({text.casefold() for text in TEXTS}) == len(TEXTS)
