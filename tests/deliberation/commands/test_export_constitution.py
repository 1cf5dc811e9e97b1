"""The command to export: the latest version, else the draft; whole files only."""

import pytest
from django.core.management import CommandError, call_command

from deliberation import queries
from deliberation.actions import constitutions
from tests.deliberation.judgements import analysed, judged
from tests.factories import THEN, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(conversation):
    run = analysed(conversation, A=10, B=10)
    judged(run, 7, A=(9, 1, 0), B=(8, 1, 1))
    return constitutions.draft_from_consensus(
        conversation=conversation, threshold=0.6, max_principles=None, by=None
    )


def export(output, file_format="txt"):
    arguments = ["rivers", "--format", file_format, "--output", str(output)]
    call_command("export_constitution", *arguments)


def test_draft_is_written_while_nothing_is_published(draft, tmp_path):
    export(tmp_path / "out.txt")

    assert (tmp_path / "out.txt").read_text() == "Statement 7.\n"


@pytest.mark.parametrize("file_format", ["md", "txt", "json"])
def test_published_version_is_written_in_every_format(
    conversation, draft, tmp_path, file_format
):
    by = UserFactory()
    constitutions.publish(conversation=conversation, by=by, now=THEN)
    constitutions.draft_from_consensus(
        conversation=conversation, threshold=0.6, max_principles=None, by=by
    )

    export(tmp_path / "out", file_format)

    version = queries.constitutions.version(conversation, 1)
    expected = queries.constitutions.written(version, file_format)
    assert (tmp_path / "out").read_text() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_markdown_names_statements_and_the_votes_of_each_group(draft, capsys):
    export("-", "md")

    lines = capsys.readouterr().out.splitlines()
    begin = lines.index("### Principle 1")
    assert lines[begin : begin + 12] == [
        "### Principle 1",
        "",
        "Statement 7.",
        "",
        "*From statement 7 · group-aware consensus 0.625*",
        "",
        "> Statement 7.",
        "",
        "| Group | Agree | Disagree | Pass | Agree share (95 % interval) |",
        "| :-- | --: | --: | --: | --: |",
        "| A | 9 | 1 | 0 | 90.0% (59.6% to 98.2%) |",
        "| B | 8 | 1 | 1 | 80.0% (49.0% to 94.3%) |",
    ]


def test_file_that_cannot_be_written_is_refused_and_left_as_it_was(draft, tmp_path):
    (tmp_path / "folder").mkdir()

    for output, why in (
        (tmp_path / "gone" / "out", "No such file or directory"),
        (tmp_path / "folder", "Is a directory"),
    ):
        with pytest.raises(CommandError) as error:
            export(output)
        assert str(error.value) == f"{output}: this file cannot be written ({why})."
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_no_constitution_is_refused(conversation):
    with pytest.raises(CommandError) as error:
        export("-")

    assert str(error.value) == (
        "rivers: there is no constitution yet; draft one with draft_constitution."
    )
