"""A copy of a conversation: what comes along, and what stays."""

import pytest

from deliberation.actions import conversations, copies
from deliberation.models import Conversation, Statement
from tests.factories import (
    THEN,
    ConversationFactory,
    ConversationTranslationFactory,
    LogoFactory,
    ModeratorFactory,
    ParticipantFactory,
    StatementFactory,
    StatementTranslationFactory,
    UserFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def original():
    conversation = ConversationFactory(
        slug="rivers",
        description="**Why**",
        policy="Be brief.",
        reasons=[{"code": "spam", "words": ""}],
        languages=["es"],
        max_statements=3,
        draft_rule={"threshold": 0.7},
        host_name="The city",
        accent="#112233",
        votes_until=THEN,
        opened_at=THEN,
    )
    ModeratorFactory.create_batch(2, conversation=conversation)
    ConversationTranslationFactory(conversation=conversation)
    LogoFactory(conversation=conversation)
    seed = StatementFactory(
        conversation=conversation, number=4, is_seed=True, text="Be kind.", is_meta=True
    )
    StatementTranslationFactory(statement=seed, text="Sé amable.")
    VoteFactory(conversation=conversation, statement=seed)
    StatementFactory(
        conversation=conversation, number=5, is_seed=True, state="rejected"
    )
    author = ParticipantFactory(conversation=conversation)
    StatementFactory(conversation=conversation, number=6, author=author)
    return conversation


def copied(original, by, slug="lakes"):
    return copies.copy(conversation=original, slug=slug, by=by, now=THEN)


def test_settings_words_and_logo_come_along(original):
    made = copied(original, UserFactory())

    made.refresh_from_db()
    assert {name: getattr(made, name) for name in copies.COPIED} == {
        name: getattr(original, name) for name in copies.COPIED
    }
    assert made.translations.get().question == "¿Qué debería hacer la IA?"
    assert made.logo.digest == original.logo.digest


def test_accepted_seeds_come_along_with_their_translations(original):
    made = copied(original, UserFactory())

    (seed,) = Statement.objects.filter(conversation=made)
    assert (seed.text, seed.number, seed.state) == ("Be kind.", 0, "accepted")
    assert (seed.is_seed, seed.is_meta) == (True, True)
    assert [words.text for words in seed.translations.all()] == ["Sé amable."]
    assert Statement.objects.filter(conversation=original).count() == 3


def test_people_votes_times_team_and_secrets_stay(original):
    by = UserFactory()

    made = copied(original, by)

    made.refresh_from_db()
    assert (made.state, made.opened_at, made.votes_until) == ("draft", None, None)
    assert (made.participants.count(), made.votes.count()) == (0, 0)
    assert [(m.user, m.role) for m in made.moderators.all()] == [(by, "owner")]
    assert made.link_secret != original.link_secret
    assert made.short_code != original.short_code


def test_address_that_is_taken_is_refused_and_nothing_is_made(original):
    with pytest.raises(conversations.SlugTaken):
        copied(original, UserFactory(), slug="rivers")

    assert Conversation.objects.count() == 1


def test_every_setting_is_copied_or_stays_for_a_reason():
    """A new field has to be sorted."""
    stays = {
        *("id", "slug", "state", "moderation_revision", "created_at", "opened_at"),
        *("closed_at", "short_code", "link_secret", "quality_look"),
        *Conversation.SCHEDULE,
    }

    known = {field.name for field in Conversation._meta.concrete_fields}
    assert known - stays == set(copies.COPIED)
