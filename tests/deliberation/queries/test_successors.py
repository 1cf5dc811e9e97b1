"""Where words come from and what became of them, and what of it everybody may read."""

import pytest
from django.db.models import Q

from deliberation.actions import successors as acts
from deliberation.actions import wording as edits
from deliberation.models import Statement
from deliberation.queries import statement as pages
from deliberation.queries import successors, wording
from deliberation.queries.moderation import NoSuchStatement
from deliberation.queries.successors import Ancestor
from deliberation.tallies import Tally
from tests.factories import (
    THEN,
    DecisionFactory,
    ParticipantFactory,
    StatementFactory,
    UserFactory,
    VoteFactory,
)

SAID = "Tax gold and clean the rivers."


@pytest.fixture
def by(db):
    return UserFactory(username="mo")


@pytest.fixture
def statement(participant):
    conversation = participant.conversation
    written = StatementFactory(
        conversation=conversation, author=participant, number=5, text=SAID
    )
    VoteFactory(conversation=conversation, participant=participant, statement=written)
    VoteFactory(conversation=conversation, statement=written, choice=-1)
    return written


def reword(statement, by, text="Tax gold."):
    return acts.reword(statement=statement, text=text, language="en", by=by, now=THEN)


def split(statement, by):
    parts = ["Tax gold.", "Clean the rivers."]
    return acts.split(statement=statement, texts=parts, language="en", by=by, now=THEN)


# --- Families ------------------------------------------------------------------------


def test_family_has_the_words_compared_and_the_votes_of_each(statement, by):
    split(statement, by)
    statement.refresh_from_db()

    family = successors.family(statement.conversation, statement)

    assert family.predecessor is None
    assert [(s.number, s.text, s.lineage, s.tally.n) for s in family.successors] == [
        (6, "Tax gold.", "split", 0),
        (7, "Clean the rivers.", "split", 0),
    ]
    kinds = [[piece.kind.value for piece in s.pieces] for s in family.successors]
    assert kinds[0] == ["same", "removed", "same"]


def test_family_leads_back_with_the_votes_as_they_were_cast(statement, by):
    made = reword(statement, by)

    older = successors.family(made.conversation, made).predecessor

    assert (older.number, older.text, older.tally) == (5, SAID, Tally(1, 1, 0))


def test_words_that_were_never_shown_are_withheld(participant, by):
    written = StatementFactory(
        conversation=participant.conversation, author=participant, state="pending"
    )
    VoteFactory(
        conversation=participant.conversation,
        participant=participant,
        statement=written,
    )
    made = reword(written, by)

    everybody = successors.family(made.conversation, made).predecessor
    moderators = successors.family(made.conversation, made, withholds=False).predecessor

    assert (everybody.text, everybody.pieces) == (None, [])
    assert moderators.text == written.text


def test_those_that_were_taken_out_again_are_no_successors(statement, by):
    split(statement, by)
    acts.take_back(statement=statement, by=by, now=THEN)

    assert successors.family(statement.conversation, statement).successors == []


# --- Lineages ------------------------------------------------------------------------


def test_lineages_go_back_step_by_step_the_nearest_first(statement, by):
    part, _other = split(statement, by)
    last = reword(part, by, "Tax all gold.")

    found = successors.lineages(statement.conversation, [last, part, statement])

    assert found == {
        last.pk: [Ancestor(6, "reword", "Tax gold."), Ancestor(5, "split", SAID)],
        part.pk: [Ancestor(5, "split", SAID)],
    }


def test_kept_lineages_have_no_text_where_it_is_withheld(participant, by):
    written = StatementFactory(
        conversation=participant.conversation,
        author=participant,
        number=5,
        state="rejected",
    )
    made = reword(written, by)

    found = successors.kept(made.conversation, [made])

    assert found == {made.pk: [{"number": 5, "lineage": "reword", "text": ""}]}


# --- What was shown ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "was_shown"),
    [
        ({}, False),
        ({"is_seed": True}, True),
        ({"lineage": "split"}, True),
        ({"accepted": True}, True),
        ({"author": True, "own_vote": True}, False),
        ({"author": True, "own_vote": True, "vote": True}, True),
        ({"vote": True}, True),
    ],
)
def test_was_shown_is_what_was_accepted_or_voted_on_by_others(
    conversation, given, was_shown
):
    author = ParticipantFactory(conversation=conversation)
    fields = {k: v for k, v in given.items() if k in ("is_seed", "lineage")}
    if "author" in given:
        fields["author"] = author
    statement = StatementFactory(conversation=conversation, state="rejected", **fields)
    if "accepted" in given:
        DecisionFactory(statement=statement)
    if "own_vote" in given:
        VoteFactory(conversation=conversation, statement=statement, participant=author)
    if "vote" in given:
        VoteFactory(conversation=conversation, statement=statement)

    found = Statement.objects.filter(Q(pk=statement.pk) & successors.was_shown())

    assert found.exists() == was_shown


# --- Pages ---------------------------------------------------------------------------


def test_the_page_of_a_replaced_one_has_its_votes_and_says_so(statement, by):
    reword(statement, by)

    found = pages.page(statement.conversation, 5, participant=None)

    assert (found.is_replaced, found.view.tally) == (True, Tally(1, 1, 0))
    assert found.standing.place is None
    assert [s.number for s in found.family.successors] == [6]


def test_the_page_of_a_new_one_says_whose_words_they_are(statement, by):
    made = reword(statement, by)

    found = pages.page(statement.conversation, made.number, participant=None)

    assert (found.is_replaced, found.is_by_moderators) == (False, True)


def test_a_replaced_one_that_was_never_shown_has_no_page(conversation, by):
    written = StatementFactory(conversation=conversation, number=5, state="pending")
    reword(written, by)

    with pytest.raises(NoSuchStatement):
        pages.page(conversation, 5, participant=None)


def test_moderators_see_what_they_can_do(statement, by):
    before = wording.page(statement.conversation, 5)
    made = reword(statement, by)
    after = wording.page(statement.conversation, 5)
    VoteFactory(conversation=statement.conversation, statement=made)
    later = wording.page(statement.conversation, 5)

    able = [(p.can_change, p.can_edit, p.can_take_back) for p in (before, after, later)]
    assert able == [(True, False, False), (False, False, True), (False, False, False)]
    assert after.replaced.decided_by == by


def test_moderators_see_every_edit_compared(conversation, by):
    written = StatementFactory(conversation=conversation, number=5, text="One tow.")
    for text in ("One two.", "One two three."):
        edits.edit(statement=written, text=text, language="en", by=by, now=THEN)

    found = wording.page(conversation, 5)

    told = [[p.text for p in edited.pieces if p.is_added] for edited in found.earlier]
    assert told == [["three"], ["two"]]
    assert (found.can_edit, found.n_others) == (True, 0)


def test_a_number_that_is_not_there_is_refused(conversation):
    with pytest.raises(NoSuchStatement):
        wording.page(conversation, 99)
