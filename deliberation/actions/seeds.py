"""The organisers' own statements: added together, shown at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import ngettext_lazy

from deliberation.actions import analysis, audit, conversations, fingerprints
from deliberation.actions.statements import next_number
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Statement


class Seed(NamedTuple):
    text: str
    language: str


class SeedsRepeated(DeliberationError):
    """`positions` tells which of the texts given, counted from 0."""

    code = "seeds_repeated"
    message = ngettext_lazy(
        "Nothing was added: %(n)d of these statements is in the conversation"
        " already, or is given twice.",
        "Nothing was added: %(n)d of these statements are in the conversation"
        " already, or are given twice.",
        "n",
    )
    http_status = 409

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(n=len(positions))
        self.positions = tuple(positions)


@transaction.atomic
def add_seeds(
    *,
    conversation: Conversation,
    seeds: Sequence[Seed],
    by: User | None,
    now: datetime,
) -> list[Statement]:
    """Add statements, shown at once; all of them or none.

    `by` is None for an operator. Raises SeedsRepeated.
    """
    conversations.lock(conversation)
    if repeated := _repeated(conversation, seeds):
        raise SeedsRepeated(repeated)
    first = next_number(conversation)
    added = Statement.objects.bulk_create(
        _statement(conversation, number, seed, by, now)
        for number, seed in enumerate(seeds, first)
    )
    audit.record(
        conversation=conversation,
        action="seeds.add",
        by=by,
        target=f"{len(added)} statements",
        numbers=[statement.number for statement in added],
    )
    fingerprints.request_fingerprints(conversation=conversation)
    analysis.count_anew(conversation)
    return added


def _statement(
    conversation: Conversation,
    number: int,
    seed: Seed,
    by: User | None,
    now: datetime,
) -> Statement:
    return Statement(
        conversation=conversation,
        number=number,
        text=seed.text,
        language=seed.language,
        state=Statement.State.ACCEPTED,
        is_seed=True,
        created_at=now,
        decided_at=now if by else None,
        decided_by=by,
    )


def _repeated(conversation: Conversation, seeds: Sequence[Seed]) -> list[int]:
    """Positions of texts that are said already, capitals aside."""
    mine = Statement.objects.filter(conversation=conversation)
    said = {text.casefold() for text in mine.values_list("text", flat=True)}
    repeated = []
    for position, seed in enumerate(seeds):
        if seed.text.casefold() in said:
            repeated.append(position)
        said.add(seed.text.casefold())
    return repeated
