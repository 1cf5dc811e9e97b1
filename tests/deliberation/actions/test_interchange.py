"""A Polis export becomes a conversation: every row where it belongs, or none."""

from datetime import UTC, datetime

import pytest

from deliberation.actions import interchange
from deliberation.actions.conversations import SlugTaken
from deliberation.actions.exclusions import ParticipantsUnknown
from deliberation.formats import polis
from deliberation.models import (
    AuditEvent,
    Conversation,
    Participant,
    Statement,
    Vote,
    VoteRevision,
)
from tests.deliberation.exports import FILES, write_export
from tests.factories import THEN, ConversationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path):
    return read(tmp_path)


def read(folder, **changed):
    sign = polis.VoteSign.AGREE_IS_PLUS_ONE
    return polis.read_export(write_export(folder, **changed), sign=sign)


def bring_in(export, **given):
    told = []
    defaults = {"slug": "rivers", "title": "", "excluded": frozenset(), "by": None}
    conversation = interchange.import_polis(
        export=export,
        now=THEN,
        progress=lambda *step: told.append(step),
        **defaults | given,
    )
    return conversation, told


def test_import_makes_an_open_conversation(export):
    conversation, _told = bring_in(export)

    conversation.refresh_from_db()
    assert (conversation.question, conversation.description) == (
        "What about rivers?",
        "We ask everyone.",
    )
    assert (conversation.state, conversation.opened_at) == ("open", THEN)


def test_import_keeps_numbers_texts_authors_and_states(export):
    bring_in(export)

    rows = Statement.objects.order_by("number").values_list(
        "number", "text", "state", "is_seed", "author__imported_number"
    )
    assert list(rows) == [
        (0, "Clean the river.", "accepted", True, None),
        (1, "Let it be,\nas it is.", "pending", False, 1),
        (2, "Buy my boat!", "rejected", False, 2),
    ]


def test_import_keeps_the_latest_vote_and_the_earlier_ones_behind_it(export):
    bring_in(export)

    rows = Vote.objects.order_by("id").values_list(
        "participant__imported_number", "statement__number", "choice", "revision"
    )
    assert list(rows) == [(1, 0, 1, 1), (1, 1, 1, 1), (2, 0, 1, 1), (2, 2, 1, 1)] + [
        (3, 0, -1, 2)
    ]
    earlier = VoteRevision.objects.get()
    at = datetime.fromtimestamp(1600000300, UTC)
    assert (earlier.choice, earlier.cast_at) == (0, at)
    assert earlier.vote.cast_at == datetime.fromtimestamp(1600000400, UTC)


def test_import_of_a_matrix_is_cast_now(tmp_path):
    matrix = "participant,0,1,2\n1,1,1,\n2,1,,1\n3,-1,,\n"
    folder = write_export(tmp_path, **{"participants-votes": matrix})
    (folder / "votes.csv").unlink()
    sign = polis.VoteSign.AGREE_IS_PLUS_ONE

    bring_in(polis.read_export(folder, sign=sign))

    assert list(Vote.objects.values_list("cast_at", flat=True).distinct()) == [THEN]
    assert Vote.objects.count() == 5


def test_import_gives_everyone_a_code_of_her_own(export):
    bring_in(export)

    codes = Participant.objects.values_list("code", flat=True)
    assert len(set(codes)) == 3
    assert {len(code) for code in codes} == {24}


def test_import_keeps_excluded_people_uncounted_and_named_in_the_log(export):
    bring_in(export, excluded=frozenset({3, 1}))

    excluded = Participant.objects.filter(is_excluded=True)
    assert set(excluded.values_list("imported_number", flat=True)) == {1, 3}
    event = AuditEvent.objects.get()
    assert (event.action, event.by_name) == ("interchange.import_polis", "")
    assert event.details == {
        "vote_sign": "agree=+1",
        "source": "https://example.org/1",
        "n_participants": 3,
        "n_statements": 3,
        "n_votes": 5,
        "n_superseded": 1,
        "excluded": [1, 3],
    }


def test_import_tells_how_far_it_is(export):
    _conversation, told = bring_in(export)

    assert told == [("participants", 3, 3), ("statements", 3, 3), ("votes", 5, 5)]


def test_import_makes_whoever_imports_the_owner(export):
    owner = UserFactory()

    conversation, _told = bring_in(export, by=owner)

    assert list(conversation.moderators.values_list("user", "role")) == [
        (owner.pk, "owner")
    ]


@pytest.mark.parametrize(
    ("more_votes", "moderation"),
    [("", "before"), ("1600000700,x,1,2,-1\n", "after")],
)
def test_import_sees_whether_pending_statements_were_shown(
    tmp_path, more_votes, moderation
):
    export = read(tmp_path, votes=FILES["votes.csv"] + more_votes)

    conversation, _told = bring_in(export)

    assert conversation.moderation == moderation


def test_import_without_any_title_is_called_by_its_slug(tmp_path):
    export = read(tmp_path, summary="url,https://example.org\n")

    assert bring_in(export)[0].question == "rivers"
    assert (
        bring_in(export, slug="lakes", title="And lakes?")[0].question == "And lakes?"
    )


# --- Refusals --------------------------------------------------------------------------


def nothing_is_left(n_conversations=0):
    assert Conversation.objects.count() == n_conversations
    assert Participant.objects.count() == 0
    assert AuditEvent.objects.count() == 0


def test_import_to_a_slug_in_use_is_refused(export):
    ConversationFactory(slug="rivers")

    with pytest.raises(SlugTaken):
        bring_in(export)

    nothing_is_left(n_conversations=1)


def test_import_excluding_somebody_unknown_is_refused(export):
    with pytest.raises(ParticipantsUnknown) as refused:
        bring_in(export, excluded=frozenset({1, 9}))

    assert refused.value.numbers == {9}
    nothing_is_left()


def test_import_with_a_long_title_is_refused(export):
    with pytest.raises(interchange.TitleTooLong) as refused:
        bring_in(export, title="x" * 201)

    assert str(refused.value) == "The title has 201 characters; at most 200 fit."
    nothing_is_left()


def test_import_that_breaks_half_way_leaves_nothing(export):
    def break_at_votes(what, done, total):
        if what == "votes":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interchange.import_polis(
            export=export,
            slug="rivers",
            title="",
            excluded=frozenset(),
            by=None,
            now=THEN,
            progress=break_at_votes,
        )

    nothing_is_left()
