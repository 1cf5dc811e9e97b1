"""The command to draft: how many principles, or one sentence why not."""

import pytest
from django.core.management import CommandError, call_command

from deliberation import queries
from tests.deliberation.judgements import analysed, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(conversation):
    run = analysed(conversation, A=10, B=10)
    judged(run, 1, A=(9, 1, 0), B=(9, 1, 0))
    judged(run, 2, A=(7, 3, 0), B=(8, 2, 0))
    return run


@pytest.mark.parametrize(
    ("arguments", "n"),
    [([], 2), (["--max-principles", "1"], 1), (["--threshold", "0.8"], 1)],
)
def test_draft_prints_how_many_principles_it_holds(run, capsys, arguments, n):
    call_command("draft_constitution", "rivers", *arguments)

    assert capsys.readouterr().out == f"{n} principles in the draft of rivers\n"
    version = queries.constitutions.draft(run.conversation)
    assert len(queries.constitutions.principles(version)) == n


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["rivers", "--threshold", "0.95"],
            "rivers: No statement reaches 95 percent agreement in every group, so the"
            " draft was left as it was. With 90 percent there would be a draft.",
        ),
        (
            ["rivers", "--threshold", "60"],
            "rivers: A draft needs a threshold above 0 and at most 100 percent, and"
            " room for at least one principle. It asks for 5 votes of every group or"
            " more.",
        ),
        (["nowhere"], "nowhere: There is no conversation at this address."),
    ],
)
def test_what_cannot_be_drafted_is_refused(run, arguments, sentence):
    with pytest.raises(CommandError) as error:
        call_command("draft_constitution", *arguments)

    assert str(error.value) == sentence
    assert queries.constitutions.draft(run.conversation) is None
