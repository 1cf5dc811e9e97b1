"""What is missing before opening, and how a draft will look."""

import pytest

from deliberation import queries
from deliberation.queries.draft_rules import DraftRule
from tests.factories import (
    THEN,
    ConversationFactory,
    ConversationTranslationFactory,
    ModeratorFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


def test_readiness_of_a_bare_draft():
    conversation = ConversationFactory(state="draft")

    assert queries.setup.readiness(conversation, THEN) == queries.setup.Readiness(
        n_seeds=0,
        has_description=False,
        has_policy=False,
        has_end=False,
        untranslated=(),
        n_moderators=0,
        is_over=False,
    )


def test_readiness_of_one_that_is_set_up():
    conversation = ConversationFactory(
        description="Why.",
        policy="Be brief.",
        votes_until=THEN,
        languages=["es", "ko"],
    )
    StatementFactory.create_batch(10, conversation=conversation)
    StatementFactory(conversation=conversation, state="pending")
    ConversationTranslationFactory(conversation=conversation, language="es")
    for role in ("owner", "moderator", "observer"):
        ModeratorFactory(conversation=conversation, role=role)

    found = queries.setup.readiness(conversation, THEN)

    assert (found.n_seeds, found.has_enough_seeds) == (10, True)
    assert (found.untranslated, found.n_moderators) == (("한국어",), 2)
    assert (found.has_end, found.is_over) == (True, True)


def test_draft_as_seen_is_a_copy_that_is_open():
    draft = ConversationFactory(state="draft", opens_at=THEN)

    seen = queries.setup.as_seen(draft, THEN)

    assert (seen.is_open, seen.opened_at) == (True, THEN)
    assert (draft.state, draft.opened_at) == ("draft", None)


def test_rule_is_the_usual_one_until_somebody_sets_another():
    usual = queries.draft_rules.of(ConversationFactory.build())
    other = ConversationFactory.build(draft_rule=DraftRule(0.7, 12, 8).as_json())

    assert usual == DraftRule(0.6, 60, 5)
    assert queries.draft_rules.of(other) == DraftRule(0.7, 12, 8)


def test_free_address_counts_up_from_what_is_taken():
    for slug in ("rivers", "rivers-2", "a" * 60):
        ConversationFactory(slug=slug)

    assert [
        queries.conversations.free_address(wanted)
        for wanted in ("lakes", "rivers", "a" * 60)
    ] == ["lakes", "rivers-3", f"{'a' * 54}-2"]
