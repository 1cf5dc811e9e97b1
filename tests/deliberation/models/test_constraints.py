"""What the database itself refuses, however it is asked."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from deliberation.models import (
    AuditEvent,
    ConstitutionVersion,
    Principle,
    Provenance,
    Vote,
)
from tests.factories import (
    THEN,
    AnalysisRunFactory,
    AuditEventFactory,
    ConstitutionFactory,
    ConstitutionVersionFactory,
    ConversationFactory,
    ModeratorFactory,
    OpinionGroupFactory,
    ParticipantFactory,
    PrincipleFactory,
    ProvenanceFactory,
    StatementFactory,
    StatementResultFactory,
    UserFactory,
    VoteFactory,
    VoteRevisionFactory,
)

pytestmark = pytest.mark.django_db


def refuses(write, *args, **kwargs) -> bool:
    """Whether the database refuses; the test's transaction goes on."""
    try:
        with transaction.atomic():
            write(*args, **kwargs)
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


# --- Votes -----------------------------------------------------------------------------


def test_second_vote_of_a_participant_on_a_statement_is_refused():
    vote = VoteFactory()
    same = {"participant": vote.participant, "statement": vote.statement}

    assert refuses(VoteFactory, conversation=vote.conversation, **same)
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("choice", [2, -2, 100])
def test_vote_with_another_choice_is_refused(choice):
    assert refuses(VoteFactory, choice=choice)
    assert refuses(VoteRevisionFactory, choice=choice)


@pytest.mark.parametrize("choice", [1, 0, -1])
def test_vote_with_one_of_three_choices_is_stored(choice):
    assert not refuses(VoteFactory, choice=choice)


def test_vote_on_another_conversations_statement_is_refused():
    foreign = StatementFactory()

    assert refuses(VoteFactory, statement=foreign)


def test_vote_of_another_conversations_participant_is_refused():
    foreign = ParticipantFactory()

    assert refuses(VoteFactory, participant=foreign)


def test_vote_cannot_move_to_another_conversation():
    vote, other = VoteFactory(), ConversationFactory()

    assert refuses(Vote.objects.filter(pk=vote.pk).update, conversation=other)


@pytest.mark.parametrize("probability", [0.0, -0.1, 1.1])
def test_vote_drawn_with_an_impossible_probability_is_refused(probability):
    assert refuses(VoteFactory, probability=probability)


# --- Conversations, people and statements ------------------------------------------------


def test_slug_is_taken_once():
    ConversationFactory(slug="rivers")

    assert refuses(ConversationFactory, slug="rivers")


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (ConversationFactory, "state"),
        (ConversationFactory, "moderation"),
        (ModeratorFactory, "role"),
        (StatementFactory, "state"),
        (AnalysisRunFactory, "state"),
        (AnalysisRunFactory, "finding"),
    ],
)
def test_unknown_word_for_a_state_is_refused(factory, field):
    assert refuses(factory, **{field: "odd"})


def test_moderator_has_one_role_in_a_conversation():
    role = ModeratorFactory()

    assert refuses(ModeratorFactory, conversation=role.conversation, user=role.user)


@pytest.mark.parametrize("field", ["code", "imported_number"])
def test_participant_is_unique_in_a_conversation(field):
    known = ParticipantFactory(code="code", imported_number=7)
    value = getattr(known, field)

    assert refuses(
        ParticipantFactory, conversation=known.conversation, **{field: value}
    )
    assert not refuses(ParticipantFactory, **{field: value})


def test_statement_number_is_given_once_in_a_conversation():
    known = StatementFactory(number=7)

    assert refuses(StatementFactory, conversation=known.conversation, number=7)
    assert not refuses(StatementFactory, number=7)


def test_statement_without_words_is_refused():
    assert refuses(StatementFactory, text="")


def test_decision_has_a_time_and_a_person_or_neither():
    assert refuses(StatementFactory, decided_at=THEN)
    assert refuses(StatementFactory, decided_by=UserFactory())
    assert not refuses(StatementFactory, decided_at=THEN, decided_by=UserFactory())


# --- Analyses ----------------------------------------------------------------------------


def test_second_unfinished_run_is_refused():
    run = AnalysisRunFactory(state="running")

    assert refuses(AnalysisRunFactory, conversation=run.conversation, state="running")
    assert not refuses(
        AnalysisRunFactory, conversation=run.conversation, state="failed"
    )
    assert not refuses(AnalysisRunFactory, state="running")


def test_run_names_a_group_and_a_statement_once():
    group, result = OpinionGroupFactory(), StatementResultFactory()

    assert refuses(OpinionGroupFactory, run=group.run, letter=group.letter)
    assert refuses(StatementResultFactory, run=result.run, statement=result.statement)


# --- Constitutions ------------------------------------------------------------------------


def publish(version: ConstitutionVersion, number: int = 1) -> ConstitutionVersion:
    version.number, version.digest = number, "d" * 64
    version.published_at, version.published_by = THEN, UserFactory()
    version.save()
    return version


def frozen_provenance() -> Provenance:
    provenance = ProvenanceFactory()
    publish(provenance.principle.version)
    return provenance


def test_constitution_has_one_draft():
    draft = ConstitutionVersionFactory()

    assert refuses(ConstitutionVersionFactory, constitution=draft.constitution)


def test_constitution_has_a_version_number_once():
    constitution = ConstitutionFactory()
    publish(ConstitutionVersionFactory(constitution=constitution), number=1)

    assert refuses(publish, ConstitutionVersionFactory(constitution=constitution), 1)


@pytest.mark.parametrize("missing", ["published_at", "published_by", "digest"])
def test_half_published_version_is_refused(missing):
    version = ConstitutionVersionFactory()
    whole = {"published_at": THEN, "published_by": UserFactory(), "digest": "d"}
    half = whole | {missing: "" if missing == "digest" else None}
    row = ConstitutionVersion.objects.filter(pk=version.pk)

    assert refuses(row.update, number=1, **half)
    assert not refuses(row.update, number=1, **whole)


def test_draft_cannot_bear_signs_of_publishing():
    assert refuses(ConstitutionVersionFactory, digest="d")
    assert refuses(ConstitutionVersionFactory, published_at=THEN)


def test_principle_has_a_place_of_its_own_and_words():
    principle = PrincipleFactory()
    version = principle.version

    assert refuses(PrincipleFactory, version=version, position=principle.position)
    assert refuses(PrincipleFactory, text="")


def test_principle_names_a_source_once():
    source = ProvenanceFactory()
    number = source.statement_number

    assert refuses(
        ProvenanceFactory, principle=source.principle, statement_number=number
    )


# --- What is final --------------------------------------------------------------------------


def rows(instance: models.Model) -> models.QuerySet:
    """The row in the database, reached without any code of the model."""
    return type(instance).objects.filter(pk=instance.pk)


def test_frozen_version_refuses_every_change():
    version = frozen_provenance().principle.version

    assert refuses(rows(version).update, digest="e" * 64)
    assert refuses(rows(version).update, number=2)
    assert refuses(rows(version)._raw_delete, "default")


def test_principle_of_a_frozen_version_refuses_every_change():
    provenance = frozen_provenance()
    principle = provenance.principle
    draft = ConstitutionVersionFactory()

    assert refuses(rows(principle).update, text="Another text.")
    assert refuses(rows(principle).update, version=draft)
    assert refuses(principle.delete)
    assert refuses(PrincipleFactory, version=principle.version)
    assert Principle.objects.get().text == principle.text


def test_principle_of_a_draft_cannot_move_into_a_frozen_version():
    frozen, free = frozen_provenance().principle.version, PrincipleFactory()

    assert refuses(rows(free).update, version=frozen)


def test_provenance_of_a_frozen_version_refuses_every_change():
    provenance = frozen_provenance()

    assert refuses(rows(provenance).update, text="Another statement.")
    assert refuses(rows(provenance).delete)
    assert refuses(ProvenanceFactory, principle=provenance.principle)
    assert Provenance.objects.get().text == provenance.text


def test_draft_may_change_and_go():
    provenance = ProvenanceFactory()
    principle = provenance.principle

    assert not refuses(rows(principle).update, text="Another text.")
    assert not refuses(rows(provenance).update, text="Another statement.")
    assert not refuses(principle.version.delete)


def test_audit_event_refuses_change_and_deletion():
    event = AuditEventFactory()

    assert refuses(rows(event).update, action="moderation.reject")
    assert refuses(rows(event).delete)
    assert AuditEvent.objects.get().action == event.action
