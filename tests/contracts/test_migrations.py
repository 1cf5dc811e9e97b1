"""Migrations: none missing, none that runs our present code on old data."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command

FOLDER = Path(__file__).parents[2] / "deliberation/migrations"
# A migration's schema may name these; its data may not be touched by our code.
SCHEMA_ONLY = {"deliberation.models.constraints", "deliberation.validators"}


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
