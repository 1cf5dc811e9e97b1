"""What the worker stores of near-duplicates: pairs, groups, and what was compared."""

import random

import pytest
from celery import current_app
from django.core.cache import cache

from deliberation import actions, queries, tasks
from deliberation.models import Likeness, Statement, StatementFingerprint
from tests.factories import ConversationFactory, StatementFactory

REPLACED = Statement.State.REPLACED
OTHERS = [
    "Buses should run at night.",
    "Schools need gardens.",
    "The museum costs too much.",
    "More trees in the old town.",
]


@pytest.fixture
def write(conversation):
    """Statements with these texts, numbered as they come, with fingerprints."""

    def written(*texts, **fields):
        rows = [
            StatementFactory(conversation=conversation, text=text, **fields)
            for text in texts
        ]
        actions.fingerprints.catch_up(conversation_id=conversation.pk)
        return rows

    return written


def compare(conversation):
    actions.likeness.catch_up(conversation_id=conversation.pk)


def group_of(statement):
    return Statement.objects.get(pk=statement.pk).likeness_group


def pairs():
    return sorted(Likeness.objects.values_list("one__text", "other__text", "kind"))


def test_statements_in_the_same_words_are_one_group(conversation, write):
    one, other, alone = write("Cars must go.", "cars must go", OTHERS[0])

    compare(conversation)

    assert [group_of(row) for row in (one, other, alone)] == [one.number] * 2 + [None]
    assert pairs() == [("Cars must go.", "cars must go", "same")]


def test_a_denial_is_told_as_opposite_and_stays_out_of_the_group(conversation, write):
    rows = write(
        "The city should close the old bridge.",
        "The city should close the old bridge!",
        "The city should not close the old bridge.",
        *OTHERS,
    )

    compare(conversation)

    assert [group_of(row) for row in rows[:3]] == [rows[0].number] * 2 + [None]
    assert (
        "The city should close the old bridge.",
        rows[2].text,
        "opposite",
    ) in pairs()


def test_a_statement_of_another_conversation_is_not_compared(conversation, write):
    write("Cars must go.")
    elsewhere = ConversationFactory()
    StatementFactory(conversation=elsewhere, text="Cars must go.")
    actions.fingerprints.catch_up(conversation_id=elsewhere.pk)

    compare(conversation)

    assert pairs() == []


def test_rejected_statements_are_compared_and_replaced_ones_are_not(
    conversation, write
):
    (rejected,) = write("Cars must go.", state=Statement.State.REJECTED)
    write("Cars must go!", state=REPLACED)
    (waiting,) = write("cars must go", state=Statement.State.PENDING)

    compare(conversation)

    assert pairs() == [("Cars must go.", "cars must go", "same")]
    assert group_of(waiting) == rejected.number


def test_a_group_has_the_lowest_number_though_it_was_stored_later(conversation):
    StatementFactory(conversation=conversation, number=7, text="Cars must go.")
    first = StatementFactory(conversation=conversation, number=3, text="cars must go")
    actions.fingerprints.catch_up(conversation_id=conversation.pk)

    compare(conversation)

    assert group_of(first) == 3


def test_comparing_again_is_not_due_and_writes_nothing(conversation, write):
    write("Cars must go.", "cars must go")
    compare(conversation)
    before = list(Likeness.objects.values_list("pk", flat=True))

    assert not queries.likeness.is_due(conversation.pk)
    compare(conversation)

    assert list(Likeness.objects.values_list("pk", flat=True)) == before


def test_rows_that_hold_still_are_kept_when_statements_come(conversation, write):
    write("Cars must go.", "cars must go")
    compare(conversation)
    (kept,) = Likeness.objects.values_list("pk", flat=True)

    write("Trams are good.", "trams are good", *OTHERS)
    assert queries.likeness.is_due(conversation.pk)
    compare(conversation)

    assert Likeness.objects.count() == 2
    assert Likeness.objects.filter(pk=kept).exists()


def test_other_words_leave_the_group(conversation, write):
    one, other = write("Cars must go.", "cars must go")
    compare(conversation)
    Statement.objects.filter(pk=other.pk).update(text=OTHERS[1])
    StatementFingerprint.objects.filter(statement=other).delete()
    actions.fingerprints.catch_up(conversation_id=conversation.pk)

    compare(conversation)

    assert pairs() == []
    assert [group_of(one), group_of(other)] == [None, None]


def test_a_replaced_statement_leaves_the_group_and_comes_back(conversation, write):
    one, other = write("Cars must go.", "cars must go")
    compare(conversation)

    Statement.objects.filter(pk=one.pk).update(state=REPLACED)
    assert queries.likeness.conversations_due() == [conversation.pk]
    compare(conversation)
    assert [group_of(one), group_of(other), pairs()] == [None, None, []]

    Statement.objects.filter(pk=one.pk).update(state=Statement.State.ACCEPTED)
    compare(conversation)
    assert group_of(other) == one.number


def test_other_rules_compare_anew(conversation, write):
    write("Cars must go.", "cars must go")
    compare(conversation)
    StatementFingerprint.objects.update(compared="0.9")
    Likeness.objects.all().delete()

    compare(conversation)

    assert pairs() == [("Cars must go.", "cars must go", "same")]


def test_the_order_in_which_rows_lie_changes_nothing(conversation):
    texts = ["Cars must go.", "cars must go", "We need no cars here.", *OTHERS]
    found = []
    for seed in (1, 2):
        elsewhere = ConversationFactory()
        for number, text in enumerate(texts):
            StatementFactory(conversation=elsewhere, number=number, text=text)
        ids = list(Statement.objects.filter(conversation=elsewhere).values_list("pk"))
        random.Random(seed).shuffle(ids)
        for (pk,) in ids:
            Statement.objects.filter(pk=pk).update(is_seed=bool(seed))
        actions.fingerprints.catch_up(conversation_id=elsewhere.pk)
        compare(elsewhere)
        rows = Statement.objects.filter(conversation=elsewhere).order_by("number")
        found.append(list(rows.values_list("text", "likeness_group")))

    assert found[0] == found[1]


def test_words_that_change_while_all_is_compared_stay_due(conversation, write):
    one, _ = write("Cars must go.", "cars must go")
    read = queries.likeness.comparable(conversation.pk)
    made = actions.fingerprints.similarity.fingerprint(OTHERS[2], "en")
    actions.fingerprints.store(one, made)

    stored = actions.likeness._store(conversation.pk, read, compared(read))

    assert stored
    waiting = StatementFingerprint.objects.filter(compared="")
    assert list(waiting.values_list("statement", flat=True)) == [one.pk]


def test_what_somebody_else_compared_newer_is_not_overwritten(conversation, write):
    one, _ = write("Cars must go.", "cars must go")
    read = queries.likeness.comparable(conversation.pk)
    found = compared(read)
    made = actions.fingerprints.similarity.fingerprint(OTHERS[2], "en")
    actions.fingerprints.store(one, made)
    compare(conversation)

    stored = actions.likeness._store(conversation.pk, read, found)

    assert not stored
    assert pairs() == []


def compared(read):
    from deliberation.similarity import comparison  # noqa: PLC0415 - as the action does

    return comparison.compare((row.statement_id, row.fingerprint) for row in read)


def n_waiting():
    with current_app.connection_for_read() as broker:
        return broker.default_channel.client.llen("celery")


def test_fingerprints_ask_for_one_comparison_in_a_quiet_period(conversation):
    cache.clear()
    current_app.control.purge()
    for text in ("Cars must go.", "cars must go"):
        StatementFactory(conversation=conversation, text=text)
        actions.fingerprints.catch_up(conversation_id=conversation.pk)

    assert n_waiting() == 1


def test_the_sweeper_asks_where_something_is_not_compared(conversation, write):
    write("Cars must go.", "cars must go")
    cache.clear()
    current_app.control.purge()

    tasks.sweep_likenesses()

    assert n_waiting() == 1
    tasks.find_likenesses(conversation_id=conversation.pk)
    current_app.control.purge()
    tasks.sweep_likenesses()
    assert n_waiting() == 0
