"""Every field of every model is sorted: personal, or kept when a person is erased."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from deliberation.models import (
    Conversation,
    Session,
    Subscription,
)

ROOT = Path(__file__).parents[2]
OURS = list(apps.get_app_config("deliberation").get_models())
PERSONAL = [model for model in OURS if model.Privacy.personal]  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_privacy_of_a_model_sorts_every_field_once(model: type[Model]) -> None:
    privacy = model.Privacy  # type: ignore[attr-defined]
    fields = [field.name for field in model._meta.concrete_fields]

    sorted_fields = [*privacy.personal, *privacy.kept]

    assert sorted(sorted_fields) == sorted(fields)


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_the_privacy_page_names_every_personal_field(model: type[Model]) -> None:
    page = (ROOT / "docs/privacy.md").read_text()
    personal = model.Privacy.personal  # type: ignore[attr-defined]

    named = [name for name in personal if f"`{model.__name__}.{name}`" in page]

    assert named == list(personal)


def test_no_model_holds_an_address_or_a_device() -> None:
    """But for the list of those who asked for news, and for sessions of accounts, which
    hold a coarse device for their owner: neither leads to a participant."""
    words = {
        word
        for model in OURS
        if model not in {Subscription, Session}
        for field in model._meta.concrete_fields
        for word in field.name.split("_")
    }

    assert (
        words & {"ip", "addr", "address", "email", "mail", "agent", "device"} == set()
    )


def test_a_session_leads_to_an_account_and_to_nobody_else() -> None:
    fields = [
        field.name for field in Session._meta.concrete_fields if field.is_relation
    ]

    assert fields == ["user"]


def test_the_list_of_those_who_want_news_leads_to_no_vote() -> None:
    leads_to = {
        field.related_model
        for field in Subscription._meta.concrete_fields
        if field.is_relation
    }

    assert leads_to == {Conversation}
