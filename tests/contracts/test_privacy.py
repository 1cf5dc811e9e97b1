"""Every field of every model is sorted: personal, or kept when a person is erased."""

import pytest
from django.apps import apps
from django.db.models import Model

from deliberation.models import Conversation, Subscription

OURS = list(apps.get_app_config("deliberation").get_models())


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_privacy_of_a_model_sorts_every_field_once(model: type[Model]) -> None:
    privacy = model.Privacy  # type: ignore[attr-defined]
    fields = [field.name for field in model._meta.concrete_fields]

    sorted_fields = [*privacy.personal, *privacy.kept]

    assert sorted(sorted_fields) == sorted(fields)


def test_no_model_holds_an_address_or_a_device() -> None:
    """But for the list of those who asked for news, which leads to no participant."""
    words = {
        word
        for model in OURS
        if model is not Subscription
        for field in model._meta.concrete_fields
        for word in field.name.split("_")
    }

    assert (
        words & {"ip", "addr", "address", "email", "mail", "agent", "device"} == set()
    )


def test_the_list_of_those_who_want_news_leads_to_no_vote() -> None:
    leads_to = {
        field.related_model
        for field in Subscription._meta.concrete_fields
        if field.is_relation
    }

    assert leads_to == {Conversation}
