"""Drafting a constitution from consensus, wording and ordering it, publishing it."""

import math
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from deliberation import queries
from deliberation.actions import audit, conversations, news
from deliberation.errors import DeliberationError
from deliberation.formats import constitution as constitution_format
from deliberation.models import (
    Constitution,
    ConstitutionVersion,
    Conversation,
    Principle,
    Provenance,
)
from deliberation.queries.candidates import Candidate
from deliberation.tallies import MIN_GROUP_SIZE, MIN_VOTES


class NoAnalysis(DeliberationError):
    code = "no_analysis"
    message = _(
        "The votes have not been analysed yet, so there is nothing to draft from."
        " Try again in a few seconds."
    )
    http_status = 409


class TooFewVotes(DeliberationError):
    code = "too_few_votes"
    message = _(
        "No statement has %(least)d votes from every opinion group yet, so there is"
        " nothing to draft from."
    )
    http_status = 409


class NothingSelected(DeliberationError):
    code = "nothing_selected"
    message = _(
        "No statement reaches %(asked)d percent agreement in every group, so the draft"
        " was left as it was. With %(reached)d percent there would be a draft."
    )
    http_status = 409


class NothingAgreed(DeliberationError):
    code = "nothing_agreed"
    message = _(
        "There is no statement yet that even one percent of every group agrees with,"
        " so there is nothing to draft from."
    )
    http_status = 409


class BadRule(DeliberationError):
    code = "bad_rule"
    message = _(
        "A draft needs a threshold above 0 and at most 100 percent, and room for at"
        " least one principle. It asks for %(least)d votes of every group or more."
    )
    http_status = 422


class NoDraft(DeliberationError):
    code = "no_draft"
    message = _("There is no draft with a principle in it, so nothing was published.")
    http_status = 409


class AtTheEdge(DeliberationError):
    code = "at_the_edge"
    message = _("This principle cannot be moved any further that way.")
    http_status = 409


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


# --- Drafting --------------------------------------------------------------------------


@transaction.atomic
def draft_from_consensus(
    *,
    conversation: Conversation,
    threshold: float,
    max_principles: int | None,
    by: User | None,
    min_votes: int = MIN_VOTES,
) -> ConstitutionVersion:
    """Fill the draft with the statements that every opinion group agrees with.

    A draft that stands is replaced, its wordings too. `by` is None for an operator.
    Raises BadRule, NoAnalysis, TooFewVotes, NothingSelected, NothingAgreed; the
    draft then stays.
    """
    has_room = max_principles is None or max_principles >= 1
    if not 0 < threshold <= 1 or not has_room or min_votes < MIN_VOTES:
        raise BadRule(least=MIN_VOTES)
    conversations.lock(conversation)
    evidence = queries.candidates.evidence(conversation)
    if evidence is None:
        raise NoAnalysis
    selected = _chosen(evidence.candidates, threshold, min_votes)[:max_principles]
    version = _open_draft(conversation)
    version.rule = _rule(threshold, max_principles, min_votes)
    version.analysis = evidence.figures
    version.save(update_fields=["rule", "analysis"])
    _replace_principles(conversation, version, selected)
    audit.record(
        conversation=conversation,
        action="constitutions.draft_from_consensus",
        by=by,
        target=f"{len(selected)} principles",
        threshold=threshold,
        max_principles=max_principles,
        min_votes=min_votes,
        analysis=evidence.run.digest,
    )
    return version


def _rule(threshold: float, most: int | None, least: int) -> dict[str, object]:
    return {
        "score": "consensus",
        "threshold": threshold,
        "min_votes_per_group": least,
        "min_group_size": MIN_GROUP_SIZE,
        "max_principles": most,
    }


def _chosen(
    found: Sequence[Candidate], threshold: float, least: int
) -> list[Candidate]:
    known = [c for c in found if all(tally.n >= least for tally in c.judges)]
    if not known:
        raise TooFewVotes(least=least)
    if not (selected := [c for c in known if c.p_least >= threshold]):
        # Rounded first: 100 * 0.55 is a little more than 55.
        asked = math.ceil(round(100 * threshold, 6))
        reached = math.floor(round(100 * max(c.p_least for c in known), 6))
        if not reached:
            raise NothingAgreed
        raise NothingSelected(asked=asked, reached=reached)
    return selected


def _open_draft(conversation: Conversation) -> ConstitutionVersion:
    constitution, _new = Constitution.objects.get_or_create(conversation=conversation)
    version, _new = ConstitutionVersion.objects.get_or_create(
        constitution=constitution, number=None
    )
    return version


def _replace_principles(
    conversation: Conversation, version: ConstitutionVersion, selected: list[Candidate]
) -> None:
    lineages = queries.successors.kept(conversation, [c.statement for c in selected])
    version.principles.all().delete()
    principles = Principle.objects.bulk_create(
        Principle(version=version, position=position, text=candidate.statement.text)
        for position, candidate in enumerate(selected, 1)
    )
    Provenance.objects.bulk_create(
        Provenance(
            principle=principle,
            statement_number=candidate.statement.number,
            text=candidate.statement.text,
            figures=candidate.figures,
            lineage=lineages.get(candidate.statement.pk),
        )
        for principle, candidate in zip(principles, selected, strict=True)
    )


# --- Wording and order -------------------------------------------------------------------


@transaction.atomic
def reword(*, principle: Principle, text: str, by: User) -> Principle:
    """Change the wording, where it differs; the source statement stays beside it.

    Raises NoSuchPrinciple, also once it is published.
    """
    locked, conversation = _in_draft(principle)
    if locked.text == text:
        return locked
    before, locked.text = locked.text, text
    locked.save(update_fields=["text"])
    audit.record(
        conversation=conversation,
        action="constitutions.reword",
        by=by,
        target=f"principle {locked.pk}",
        before=before,
        after=text,
    )
    return locked


@transaction.atomic
def move(*, principle: Principle, direction: Direction, by: User) -> Principle:
    """Change places with the neighbour. Raises AtTheEdge, NoSuchPrinciple."""
    locked, conversation = _in_draft(principle)
    others = Principle.objects.filter(version=locked.version)
    if direction is Direction.UP:
        nearest = others.filter(position__lt=locked.position).order_by("-position")
    else:
        nearest = others.filter(position__gt=locked.position).order_by("position")
    if (neighbour := nearest.first()) is None:
        raise AtTheEdge
    _swap(locked, neighbour)
    audit.record(
        conversation=conversation,
        action="constitutions.move",
        by=by,
        target=f"principle {locked.pk}",
        direction=direction,
    )
    return locked


def _swap(one: Principle, other: Principle) -> None:
    """By way of a free place: two may never share a position, not for a moment."""
    places = Principle.objects.filter(version=one.version)
    free = places.aggregate(last=Max("position"))["last"] + 1
    target, source = other.position, one.position
    for principle, position in ((one, free), (other, source), (one, target)):
        principle.position = position
        principle.save(update_fields=["position"])


@transaction.atomic
def withdraw(*, principle: Principle, by: User) -> None:
    """Take the principle out of the draft. Raises NoSuchPrinciple, also once it is published."""
    locked, conversation = _in_draft(principle)
    audit.record(
        conversation=conversation,
        action="constitutions.withdraw",
        by=by,
        target=f"principle {locked.pk}",
        text=locked.text,
        statements=sorted(locked.provenance.values_list("statement_number", flat=True)),
    )
    locked.delete()


def _in_draft(principle: Principle) -> tuple[Principle, Conversation]:
    """The principle as it is now, and its conversation, locked against publishing."""
    conversation = principle.version.constitution.conversation
    conversations.lock(conversation)
    found = queries.constitutions.draft_principle(conversation, principle.pk)
    return found, conversation


# --- Publishing --------------------------------------------------------------------------


@transaction.atomic
def publish(
    *, conversation: Conversation, by: User, now: datetime
) -> ConstitutionVersion:
    """Give the draft its number and freeze it: from now on nobody can change it.

    The words of its document are kept with it, so that its digest stays true
    whatever becomes of the conversation. Raises NoDraft.
    """
    conversations.lock(conversation)
    version = queries.constitutions.draft(conversation)
    if version is None or not version.principles.exists():
        raise NoDraft
    version.words = queries.constitutions.frozen_words(version)
    last = version.constitution.versions.aggregate(last=Max("number"))["last"] or 0
    version.number = last + 1
    version.published_at, version.published_by = now, by
    document = queries.constitutions.document(version)
    version.digest = constitution_format.digest(document)
    version.save()
    audit.record(
        conversation=conversation,
        action="constitutions.publish",
        by=by,
        target=f"version {version.number}",
        digest=version.digest,
    )
    news.request_news(conversation=conversation)
    return version
