"""Lists and counters of the front page and of the moderators' list."""

import pytest

from deliberation.queries import conversations
from tests.factories import (
    AnalysisRunFactory,
    ConversationFactory,
    ModeratorFactory,
    ParticipantFactory,
    StatementFactory,
    UserFactory,
    VoteFactory,
)

COUNTERS = ("n_participants", "n_votes", "n_statements", "n_pending")


def counters(conversation):
    return tuple(getattr(conversation, name) for name in COUNTERS)


def fill(conversation, *, people=2, accepted=3, pending=1, rejected=1):
    """Everyone votes on the first two statements."""
    states = ["accepted"] * accepted + ["pending"] * pending + ["rejected"] * rejected
    statements = [
        StatementFactory(conversation=conversation, state=state) for state in states
    ]
    for person in ParticipantFactory.create_batch(people, conversation=conversation):
        for statement in statements[:2]:
            VoteFactory(
                conversation=conversation, participant=person, statement=statement
            )


def test_public_list_holds_open_before_closed_newest_first(db):
    states = ["closed", "open", "draft", "open", "archived", "closed"]
    made = [ConversationFactory(state=state) for state in states]

    listed = list(conversations.public_list())

    assert listed == [made[3], made[1], made[5], made[0]]


def test_public_list_counts_each_by_itself(db):
    full, empty = ConversationFactory.create_batch(2, state="open")
    fill(full)

    counted = {c.pk: counters(c) for c in conversations.public_list()}

    assert counted == {full.pk: (2, 4, 3, 1), empty.pk: (0, 0, 0, 0)}


def test_moderated_list_holds_what_this_person_runs(db):
    user = UserFactory()
    mine = [
        ModeratorFactory(user=user, conversation__state=state).conversation
        for state in ("draft", "open", "archived")
    ]
    ModeratorFactory()

    draft, opened, archived = mine
    assert list(conversations.moderated_list(user)) == [opened, draft, archived]


def test_moderated_list_counts_once_with_many_moderators(db):
    moderator = ModeratorFactory()
    ModeratorFactory.create_batch(2, conversation=moderator.conversation)
    fill(moderator.conversation)

    (listed,) = conversations.moderated_list(moderator.user)

    assert counters(listed) == (2, 4, 3, 1)


def test_moderated_list_takes_votes_from_the_latest_analysis(db):
    moderator = ModeratorFactory()
    fill(moderator.conversation)
    for n_votes, state in ((3, "succeeded"), (7, "succeeded"), (9, "failed")):
        AnalysisRunFactory(
            conversation=moderator.conversation, n_votes=n_votes, state=state
        )

    (listed,) = conversations.moderated_list(moderator.user)

    assert counters(listed) == (2, 7, 3, 1)


@pytest.mark.parametrize("n", [1, 3])
def test_lists_cost_the_same_whatever_their_length(db, n, django_assert_num_queries):
    user = UserFactory()
    for _ in range(n):
        fill(ModeratorFactory(user=user, conversation__state="open").conversation)

    with django_assert_num_queries(1):
        assert len(conversations.public_list()) == n
    # The second reads the alerts of all.
    with django_assert_num_queries(2):
        assert len(conversations.moderated_list(user)) == n


def test_figures_leave_out_whom_nobody_counts(db):
    conversation = ConversationFactory(state="open", moderation="after")
    fill(conversation)
    excluded = ParticipantFactory(conversation=conversation, is_excluded=True)
    statement = conversation.statements.earliest("id")
    VoteFactory(conversation=conversation, participant=excluded, statement=statement)

    figures = conversations.figures(conversation)

    (listed,) = conversations.public_list()
    assert (figures.n_participants, figures.n_statements, figures.n_votes) == (2, 4, 4)
    assert counters(listed)[:2] == (2, 4)
