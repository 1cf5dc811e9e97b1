"""One plain factory for each model: what the database requires, and nothing more.

A conversation is open and a statement accepted unless the test says otherwise.
"""

from datetime import UTC, datetime

import factory
from django.contrib.auth.models import User

from deliberation import models

THEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
_OF_THE_SAME_CONVERSATION = {"conversation": factory.SelfAttribute("..conversation")}


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person-{n}")


class ConversationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Conversation

    slug = factory.Sequence(lambda n: f"conversation-{n}")
    question = "What should the AI do?"
    state = models.Conversation.State.OPEN


class ModeratorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Moderator

    conversation = factory.SubFactory(ConversationFactory)
    user = factory.SubFactory(UserFactory)


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
    participant = factory.SubFactory(ParticipantFactory, **_OF_THE_SAME_CONVERSATION)
    statement = factory.SubFactory(StatementFactory, **_OF_THE_SAME_CONVERSATION)
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


class ConversationTranslationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ConversationTranslation

    conversation = factory.SubFactory(ConversationFactory)
    language = "es"
    question = "¿Qué debería hacer la IA?"
    translated_at = THEN
    translated_by = factory.SubFactory(UserFactory)


class StatementTranslationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.StatementTranslation

    statement = factory.SubFactory(StatementFactory)
    language = "es"
    text = factory.Sequence(lambda n: f"La IA debería saber {n} cosas.")
    translated_at = THEN
    translated_by = factory.SubFactory(UserFactory)


class AlertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Alert

    conversation = factory.SubFactory(ConversationFactory)
    kind = models.Alert.Kind.FLAT_ROUTING
    raised_at = THEN


class SubscriptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Subscription

    conversation = factory.SubFactory(ConversationFactory)
    email = factory.Sequence(lambda n: f"reader-{n}@example.org")
    language = "en"
    asked_at = THEN


class AnalysisRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AnalysisRun

    conversation = factory.SubFactory(ConversationFactory)
    started_at = THEN
    lease_until = THEN


class OpinionGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.OpinionGroup

    run = factory.SubFactory(AnalysisRunFactory)
    letter = "A"
    n_members = 10
    x = 0.0
    y = 0.0


class StatementResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.StatementResult

    run = factory.SubFactory(AnalysisRunFactory)
    statement = factory.SubFactory(
        StatementFactory, conversation=factory.SelfAttribute("..run.conversation")
    )
    n_agree = 0
    n_disagree = 0
    n_pass = 0
    group_aware_consensus = 0.0
    priority = 1.0
    center = 0.0
    loading_x = 0.0
    loading_y = 0.0


class ConstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Constitution

    conversation = factory.SubFactory(ConversationFactory)


class ConstitutionVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ConstitutionVersion

    constitution = factory.SubFactory(ConstitutionFactory)


class PrincipleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Principle

    version = factory.SubFactory(ConstitutionVersionFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"The AI knows {n} things.")


class ProvenanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Provenance

    principle = factory.SubFactory(PrincipleFactory)
    statement_number = factory.Sequence(lambda n: n)
    text = "The AI should know things."
    figures = factory.LazyFunction(dict)


class AuditEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AuditEvent

    conversation_id = 1
    action = "moderation.accept"


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Invitation

    conversation = factory.SubFactory(ConversationFactory)
    role = models.Moderator.Role.MODERATOR
    digest = factory.Sequence(lambda n: f"{n:064x}")
    created_at = THEN
    created_by = factory.SubFactory(UserFactory)
    expires_at = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)


class LogoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Logo

    conversation = factory.SubFactory(ConversationFactory)
    png = b""
    width = 1
    height = 1
    digest = "0" * 16
    stored_at = THEN


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Decision

    statement = factory.SubFactory(StatementFactory)
    conversation = factory.SelfAttribute("statement.conversation")
    kind = models.Decision.Kind.ACCEPT
    before = factory.LazyFunction(lambda: {"state": "pending"})
    after = factory.LazyFunction(lambda: {"state": "accepted"})
    batch = factory.Sequence(lambda n: f"batch-{n}")
    decided_at = THEN
    decided_by = factory.SubFactory(UserFactory)


class SecondLookFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SecondLook

    decision = factory.SubFactory(DecisionFactory)
    conversation = factory.SelfAttribute("decision.conversation")
    drawn_at = THEN


class AppealFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Appeal

    decision = factory.SubFactory(DecisionFactory)
    statement = factory.SelfAttribute("decision.statement")
    conversation = factory.SelfAttribute("decision.conversation")
    text = "I meant something else."
    made_at = THEN


class WordingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Wording

    statement = factory.SubFactory(StatementFactory)
    text = "The AI shoud ask."
    language = "en"
    edited_at = THEN
    edited_by = factory.SubFactory(UserFactory)


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SavedView

    conversation = factory.SubFactory(ConversationFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"View {n}")
    query = "state=pending"


class LikenessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Likeness

    conversation = factory.SubFactory(ConversationFactory)
    one = factory.SubFactory(StatementFactory, **_OF_THE_SAME_CONVERSATION)
    other = factory.SubFactory(StatementFactory, **_OF_THE_SAME_CONVERSATION)
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
