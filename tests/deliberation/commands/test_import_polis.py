"""The command to import: its exact words, and that bad input leaves nothing."""

import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from deliberation.models import Conversation, Participant
from tests.deliberation.exports import FILES, write_export
from tests.factories import ConversationFactory, UserFactory

pytestmark = pytest.mark.django_db

REAL = Path(os.environ.get("FOLKMOOT_SHARED_DATA", "../shared/data"))
COMMENTS, VOTES = FILES["comments.csv"], FILES["votes.csv"]


def run(folder, *arguments, slug="rivers", sign="agree=+1"):
    given = [str(folder), "--slug", slug, "--vote-sign", sign, *map(str, arguments)]
    call_command("import_polis", *given)


def test_import_prints_the_sign_and_what_was_imported(tmp_path, capsys):
    run(write_export(tmp_path))

    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "With agree=+1 people voted so:",
        "  Most agreed with:",
        "  Most disagreed with:",
        "  Authors on their own statements: 2 agree, 0 pass, 0 disagree (cannot tell)",
        "  Against the counts in comments.csv: correlation 1.00, with the other sign"
        " -0.06 (looks right)",
        "The sign looks right.",
        "3 participants, 3 statements (1 accepted, 1 rejected, 1 pending), 5 votes",
    ]
    assert err.splitlines() == [
        "participants: 3 of 3",
        "statements: 3 of 3",
        "votes: 5 of 5",
    ]


def test_preview_shows_statements_under_the_sign_and_imports_nothing(tmp_path, capsys):
    voters = range(10, 22)
    more = "".join(f"1600000700,x,0,{n},1\n1600000700,x,2,{n},-1\n" for n in voters)
    folder = write_export(tmp_path, votes=VOTES + more)

    run(folder, "--preview")

    out, err = capsys.readouterr()
    assert out.splitlines()[:7] == [
        "With agree=+1 people voted so:",
        "  Most agreed with:",
        "    93% agree, 7% disagree of 15 votes on statement 0: Clean the river.",
        "    8% agree, 92% disagree of 13 votes on statement 2: Buy my boat!",
        "  Most disagreed with:",
        "    8% agree, 92% disagree of 13 votes on statement 2: Buy my boat!",
        "    93% agree, 7% disagree of 15 votes on statement 0: Clean the river.",
    ]
    assert err == ""
    assert Conversation.objects.count() == 0


def test_options_set_title_language_and_owner(tmp_path):
    owner = UserFactory(username="mira")
    options = ["--title", "¿Y los ríos?", "--language", "es", "--owner", "mira"]

    run(write_export(tmp_path), *options)

    conversation = Conversation.objects.get()
    assert (conversation.question, conversation.language) == ("¿Y los ríos?", "es")
    assert conversation.moderators.get().user == owner


def test_excluded_participants_are_read_from_a_file(tmp_path):
    list_of_ids = tmp_path / "out.csv"
    list_of_ids.write_text("participant\n3\n1\n")

    run(write_export(tmp_path / "export"), "--exclude-participants", list_of_ids)

    excluded = Participant.objects.filter(is_excluded=True)
    assert set(excluded.values_list("imported_number", flat=True)) == {1, 3}


# --- Bad input -------------------------------------------------------------------------


def refused(folder, *arguments, **options):
    """The one sentence; nothing may be imported."""
    before = Conversation.objects.count()
    with pytest.raises(CommandError) as error:
        run(folder, *arguments, **options)
    assert error.value.returncode == 1
    assert Conversation.objects.count() == before
    assert Participant.objects.count() == 0
    return str(error.value)


@pytest.mark.parametrize("sign", ["", "+1", "agree=1", "agree=yes"])
def test_sign_that_is_not_declared_is_refused(tmp_path, sign):
    assert refused(write_export(tmp_path), sign=sign) == (
        f'The vote sign must be given as "agree=+1" or "agree=-1", but it was "{sign}".'
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"comments": COMMENTS.replace("moderated", "mod")},
            "comments.csv, line 1, column moderated: expected this column in the"
            " header, found none.",
        ),
        (
            {"votes": VOTES.replace("voter-id", "voter")},
            "votes.csv, line 1, column voter-id: expected this column in the header,"
            " found none.",
        ),
        (
            {"votes": VOTES + "1600000700,x,9,1,1\n"},
            "votes.csv, line 8, column comment-id: expected a statement of"
            " comments.csv, found statement 9.",
        ),
        (
            {"votes": VOTES + "1600000700,x,0,1,2\n"},
            'votes.csv, line 8, column vote: expected a vote of 1, 0 or -1, found "2".',
        ),
        (
            {"votes": VOTES + "1600000700,x,0"},
            "votes.csv, line 8, column voter-id: expected 5 fields, found 3.",
        ),
        (
            {"comments": COMMENTS + '1600000700,3,1,0,0,0,"Cut off'},
            "comments.csv, line 6, column comment-body: expected a closing quotation"
            " mark, found the end of the file.",
        ),
        (
            {"comments": COMMENTS + "1600000700,3,1,0,0,0,\n"},
            "comments.csv, line 6, column comment-body: expected the text of a"
            " statement, found none.",
        ),
    ],
)
def test_broken_file_is_refused_at_its_place(tmp_path, changed, sentence):
    assert refused(write_export(tmp_path, **changed)) == sentence


def test_wrong_encoding_is_refused_at_its_place(tmp_path):
    folder = write_export(tmp_path)
    text = COMMENTS.replace("river", "Flüsse")
    (folder / "comments.csv").write_text(text, encoding="latin-1")

    assert refused(folder) == (
        "comments.csv, line 2, column 34: expected UTF-8 text, found the byte 0xFC."
    )


def test_missing_folder_is_refused(tmp_path):
    assert refused(tmp_path / "gone") == (
        "gone: expected a folder with a Polis export, found none."
    )


def test_slug_in_use_is_refused_before_anything_is_read(tmp_path):
    ConversationFactory(slug="rivers")

    assert refused(tmp_path / "gone") == (
        "There is a conversation at the address “rivers” already."
    )


@pytest.mark.parametrize("slug", ["", "Rivers", "a", "new"])
def test_impossible_slug_is_refused(tmp_path, slug):
    assert refused(write_export(tmp_path), slug=slug).startswith("--slug: ")


def test_participant_to_exclude_who_is_not_there_is_refused(tmp_path):
    list_of_ids = tmp_path / "out.csv"
    list_of_ids.write_text("participant\n3\n77\n")
    folder = write_export(tmp_path / "export")

    assert refused(folder, "--exclude-participants", list_of_ids) == (
        "out.csv, line 3, column 1: expected a participant of the export, found 77."
    )


def test_owner_without_an_account_is_refused(tmp_path):
    assert refused(write_export(tmp_path), "--owner", "nobody") == (
        "There is no account named “nobody”."
    )


# --- Real conversations ----------------------------------------------------------------


@pytest.mark.skipif(not (REAL / "ccai").is_dir(), reason="no ccai data")
def test_ccai_is_imported_whole(capsys):
    run(REAL / "ccai", slug="ccai")

    assert capsys.readouterr().out.splitlines()[-1] == (
        "1126 participants, 1418 statements (275 accepted, 655 rejected, 488 pending),"
        " 38252 votes"
    )


@pytest.mark.parametrize(
    "folder",
    sorted(path for path in (REAL / "polis").glob("*") if path.is_dir()),
    ids=lambda path: path.name,
)
def test_real_conversation_is_imported_and_analysed(folder, capsys):
    run(folder, slug="real")
    call_command("analyse", "real")

    assert Conversation.objects.get().runs.get().state == "succeeded"
