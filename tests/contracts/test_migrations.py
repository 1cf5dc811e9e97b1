"""Migrations: none missing, none that runs our present code on old data."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from deliberation.models import AnalysisRun
from tests import factories

FOLDER = Path(__file__).parents[2] / "deliberation/migrations"
# A migration's schema may name these; its data may not be touched by our code.
SCHEMA_ONLY = {
    "deliberation.models.codes",
    "deliberation.models.constraints",
    "deliberation.validators",
}


@pytest.mark.django_db
def test_no_migration_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "deliberation", check=True, dry_run=True)

    assert capsys.readouterr().out == "No changes detected in app 'deliberation'\n"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("0*.py")), ids=lambda p: p.name)
def test_migration_imports_none_of_our_code(path: Path) -> None:
    tree = ast.parse(path.read_text())
    imported = {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    ours = {name for name in imported if name and name.startswith("deliberation")}

    assert ours - SCHEMA_ONLY == set()


@pytest.mark.django_db(transaction=True)
def test_runs_of_the_last_release_keep_the_older_layout() -> None:
    """Those stored before the migration, and after it by code not yet restarted."""
    executor = MigrationExecutor(connection)
    executor.migrate([("deliberation", "0002_frozen_rows")])
    old = executor.loader.project_state([("deliberation", "0002_frozen_rows")]).apps
    conversation = old.get_model("deliberation", "Conversation").objects.create(
        slug="rivers", question="Clean?"
    )
    times = {"started_at": factories.THEN, "lease_until": factories.THEN}
    runs = old.get_model("deliberation", "AnalysisRun").objects
    runs.create(conversation=conversation, state="succeeded", **times)

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    runs.create(conversation=conversation, state="succeeded", **times)

    layouts = AnalysisRun.objects.values_list("layout", "finding", "is_sound")
    assert list(layouts) == [(1, "", True)] * 2
