"""A statement to vote on, and the ways to cast a vote on it."""

import pytest

from deliberation.actions import plain_votes, voting
from deliberation.models import Vote
from tests.deliberation.casting import AGREE, CODE, NOON
from tests.factories import ParticipantFactory, StatementFactory


@pytest.fixture
def statement(conversation):
    return StatementFactory(conversation=conversation)


@pytest.fixture(params=["with care", "plain", "plain, known"])
def cast(request, conversation, statement):
    """Cast by a key: by the careful way, or by the plain one first, as views do."""
    if request.param == "plain, known":
        ParticipantFactory(conversation=conversation, code=CODE)

    def cast_one(key, choice=AGREE, *, statement=statement, code=CODE, **more):
        ballot = {
            "code": code,
            "statement_id": statement.pk,
            "choice": choice,
            "now": NOON,
            "key": key,
            "probability": 0.5,
            "n_candidates": 2,
        } | more
        slug = statement.conversation.slug

        def held():
            mine = Vote.objects.filter(participant__code=code, statement=statement)
            return mine.first()

        if request.param == "plain" and plain_votes.store_first(slug=slug, **ballot):
            return held()
        if request.param != "with care" and plain_votes.store(slug=slug, **ballot):
            return held()
        return voting.cast_vote(conversation=statement.conversation, **ballot)

    return cast_one
