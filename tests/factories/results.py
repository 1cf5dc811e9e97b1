"""What was found, and the constitution made of it."""

import factory

from deliberation import models
from tests.factories.conversations import ConversationFactory
from tests.factories.moments import THEN
from tests.factories.voting import StatementFactory


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
