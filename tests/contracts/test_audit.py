"""Whatever a moderator does is on record: one event, and none for what is refused.

The tables are held against the modules: a new action without an entry fails.
"""

import inspect

import pytest

from deliberation import queries
from deliberation.actions import (
    appeals,
    branding,
    comparisons,
    constitutions,
    conversations,
    copies,
    exclusions,
    flags,
    folding,
    interchange,
    moderation,
    participation,
    quality,
    reasons,
    saved_views,
    second_looks,
    seeds,
    setup,
    successors,
    team,
    translations,
    wording,
)
from deliberation.models import AuditEvent
from tests.contracts.audit_done import DONE
from tests.contracts.audit_refused import NEVER_REFUSED, REFUSED
from tests.contracts.audit_world import World
from tests.factories import (
    THEN,
)

pytestmark = pytest.mark.django_db

MODULES = (
    branding,
    comparisons,
    moderation,
    constitutions,
    conversations,
    exclusions,
    copies,
    folding,
    interchange,
    participation,
    quality,
    reasons,
    second_looks,
    seeds,
    setup,
    team,
    translations,
    appeals,
    successors,
    wording,
    flags,
    saved_views,
)


def actions_of_moderators():
    """Public functions that say by whom, as `module.function`."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": function
        for module in MODULES
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and inspect.getmodule(inspect.unwrap(function)) is module
        and not name.startswith("_")
        and "by" in inspect.signature(function).parameters
    }


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def events_since(n):
    rows = AuditEvent.objects.order_by("id").values_list("action", "by_id", "by_name")
    return list(rows)[n:]


def test_the_tables_hold_every_action_of_moderators():
    assert set(DONE) == set(actions_of_moderators())
    assert set(REFUSED) | NEVER_REFUSED == set(DONE)


@pytest.mark.parametrize("name", DONE)
def test_an_action_leaves_one_event_that_names_who_did_it(world, name):
    before = AuditEvent.objects.count()

    actions_of_moderators()[name](by=world.by, **DONE[name](world))

    (event,) = events_since(before)
    assert event[1:] == (world.by.pk, "mo")
    assert event[0].partition(".")[0] == name.partition(".")[0]
    assert event[0] in queries.audit.LABELS


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_action_leaves_no_event(world, name):
    refusal, changes = REFUSED[name]
    given = DONE[name](world) | changes(world)
    before = AuditEvent.objects.count()

    with pytest.raises(refusal):
        actions_of_moderators()[name](by=world.by, **given)

    assert events_since(before) == []


@pytest.mark.parametrize("name", ["moderation.accept", "moderation.reject"])
def test_a_decision_taken_twice_is_one_event(world, name):
    before = AuditEvent.objects.count()

    for _ in range(2):
        actions_of_moderators()[name](by=world.by, **DONE[name](world))

    assert len(events_since(before)) == 1


def test_an_operator_is_on_record_without_a_name(world):
    before = AuditEvent.objects.count()

    conversations.close_conversation(conversation=world.conversation, by=None, now=THEN)

    assert events_since(before) == [("conversations.closed", None, "")]
