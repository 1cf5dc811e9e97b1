"""The database refuses to change what is final.

A published version of a constitution, its principles and their provenance can
neither be changed, nor added to, nor deleted; an audit event can neither be changed
nor deleted. Publishing itself (a draft gets its number) is the one update allowed.

SQLite drops a table's triggers whenever Django remakes the table for an ALTER: a
later migration of these tables must run `install` again. A test counts them.
"""

from django.db import migrations

FROZEN_VERSION = (
    "EXISTS (SELECT 1 FROM deliberation_constitutionversion v"
    " WHERE v.id = {row}.version_id AND v.number IS NOT NULL)"
)
FROZEN_PRINCIPLE = (
    "EXISTS (SELECT 1 FROM deliberation_principle p"
    " JOIN deliberation_constitutionversion v ON v.id = p.version_id"
    " WHERE p.id = {row}.principle_id AND v.number IS NOT NULL)"
)


def either(condition):
    return f"({condition.format(row='OLD')} OR {condition.format(row='NEW')})"


# table, event, condition under which the event is refused
GUARDS = [
    ("deliberation_auditevent", "UPDATE", "1 = 1"),
    ("deliberation_auditevent", "DELETE", "1 = 1"),
    ("deliberation_constitutionversion", "UPDATE", "OLD.number IS NOT NULL"),
    ("deliberation_constitutionversion", "DELETE", "OLD.number IS NOT NULL"),
    ("deliberation_principle", "INSERT", FROZEN_VERSION.format(row="NEW")),
    ("deliberation_principle", "UPDATE", either(FROZEN_VERSION)),
    ("deliberation_principle", "DELETE", FROZEN_VERSION.format(row="OLD")),
    ("deliberation_provenance", "INSERT", FROZEN_PRINCIPLE.format(row="NEW")),
    ("deliberation_provenance", "UPDATE", either(FROZEN_PRINCIPLE)),
    ("deliberation_provenance", "DELETE", FROZEN_PRINCIPLE.format(row="OLD")),
]


def guard_name(table, event):
    return f"{table}_refuse_{event.lower()}"


def sqlite_guard(table, event, condition):
    return [
        f"CREATE TRIGGER {guard_name(table, event)} BEFORE {event} ON {table}"
        f" FOR EACH ROW WHEN {condition} BEGIN"
        f" SELECT RAISE(ABORT, '{event} of a final row of {table} is refused'); END"
    ]


def postgresql_guard(table, event, condition):
    """A trigger's WHEN may hold no subquery there, so a function asks."""
    name = guard_name(table, event)
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN"
        f" IF {condition} THEN"
        f" RAISE EXCEPTION '{event} of a final row of {table} is refused'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END; $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def install(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for guard in GUARDS:
        statements = postgresql_guard(*guard) if postgresql else sqlite_guard(*guard)
        for statement in statements:
            schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, event, _ in GUARDS:
        name = guard_name(table, event)
        schema_editor.execute(
            f"DROP FUNCTION {name}() CASCADE" if postgresql else f"DROP TRIGGER {name}",
            params=None,
        )


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
