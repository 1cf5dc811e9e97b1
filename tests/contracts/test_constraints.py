"""What must be true of all models together."""

import factory
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from tests import factories

OURS = list(apps.get_app_config("deliberation").get_models())


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_decision_has_a_time_and_a_person_or_neither(model: type[Model]) -> None:
    fields = {field.name for field in model._meta.concrete_fields}
    pairs = {
        name.removesuffix("_by")
        for name in fields
        if name.endswith("_by") and f"{name.removesuffix('_by')}_at" in fields
    }
    constraints = " ".join(str(c) for c in model._meta.constraints)

    for stem in pairs:
        assert f"{stem}_at" in constraints
        assert f"{stem}_by" in constraints


def test_every_model_has_a_factory() -> None:
    made = {
        thing._meta.model
        for thing in vars(factories).values()
        if isinstance(thing, type)
        and issubclass(thing, factory.django.DjangoModelFactory)
        and thing is not factory.django.DjangoModelFactory
    }

    assert set(OURS) - made == set()


@pytest.mark.django_db
def test_every_guard_of_final_rows_stands() -> None:
    """SQLite drops triggers when a migration remakes a table: then this fails."""
    query = (
        "SELECT DISTINCT tgname FROM pg_trigger WHERE tgname LIKE '%refuse%'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        guards = {name.removeprefix("deliberation_") for (name,) in cursor}

    assert guards == {
        "auditevent_refuse_update",
        "auditevent_refuse_delete",
        "constitutionversion_refuse_update",
        "constitutionversion_refuse_delete",
        "principle_refuse_insert",
        "principle_refuse_update",
        "principle_refuse_delete",
        "provenance_refuse_insert",
        "provenance_refuse_update",
        "provenance_refuse_delete",
    }


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is of SQLite alone")
def test_final_row_cannot_be_replaced() -> None:
    event = factories.AuditEventFactory()
    columns = "conversation_id, action, by_name, target, details, happened_at"

    with (
        pytest.raises(IntegrityError, match="of a final row"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"REPLACE INTO deliberation_auditevent (id, {columns})"
            f" SELECT id, {columns} FROM deliberation_auditevent"
        )

    event.refresh_from_db()
