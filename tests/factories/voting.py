"""Participants, their statements and their votes."""

import factory

from deliberation import models
from tests.factories.conversations import ConversationFactory, UserFactory
from tests.factories.moments import THEN

OF_THE_SAME_CONVERSATION = {"conversation": factory.SelfAttribute("..conversation")}


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Participant

    conversation = factory.SubFactory(ConversationFactory)
    code = factory.Sequence(lambda n: f"code-{n:024d}")


class StatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Statement

    conversation = factory.SubFactory(ConversationFactory)
    number = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"The AI should know {n} things.")
    language = "en"
    state = models.Statement.State.ACCEPTED
    created_at = THEN


class VoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Vote

    conversation = factory.SubFactory(ConversationFactory)
    participant = factory.SubFactory(ParticipantFactory, **OF_THE_SAME_CONVERSATION)
    statement = factory.SubFactory(StatementFactory, **OF_THE_SAME_CONVERSATION)
    choice = models.Choice.AGREE
    cast_at = THEN


class VoteRevisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.VoteRevision

    vote = factory.SubFactory(VoteFactory)
    choice = models.Choice.DISAGREE
    cast_at = THEN


class WithdrawnVoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.WithdrawnVote

    participant = factory.SubFactory(ParticipantFactory)
    statement = factory.SubFactory(
        StatementFactory,
        conversation=factory.SelfAttribute("..participant.conversation"),
    )
    withdrawn_at = THEN


class VoteReasonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.VoteReason

    vote = factory.SubFactory(VoteFactory)
    text = "Because I have seen it go wrong."
    written_at = THEN


class StatementFingerprintFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.StatementFingerprint

    statement = factory.SubFactory(StatementFactory)
    version = "1"
    data = b""


class StatementTranslationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.StatementTranslation

    statement = factory.SubFactory(StatementFactory)
    language = "es"
    text = factory.Sequence(lambda n: f"La IA debería saber {n} cosas.")
    translated_at = THEN
    translated_by = factory.SubFactory(UserFactory)


class LikenessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Likeness

    conversation = factory.SubFactory(ConversationFactory)
    one = factory.SubFactory(StatementFactory, **OF_THE_SAME_CONVERSATION)
    other = factory.SubFactory(StatementFactory, **OF_THE_SAME_CONVERSATION)
    score = 0.8
    kind = models.Likeness.Kind.SIMILAR


class ParticipationSignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ParticipationSign

    participant = factory.SubFactory(ParticipantFactory)
    conversation = factory.SelfAttribute("participant.conversation")
    kind = models.ParticipationSign.Kind.STRAIGHT
    strength = 0.9
    noticed_at = THEN


class ComparisonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Comparison

    conversation = factory.SubFactory(ConversationFactory)
    participants = factory.LazyFunction(list)
    asked_at = THEN
    asked_by = factory.SubFactory(UserFactory)
