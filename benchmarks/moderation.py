"""What the moderators' queue costs: its page, filters, orders, search and likenesses.

Run it from the project root. It needs a PostgreSQL and a Redis; the database that
DATABASE_URL names is made anew:

    python -m benchmarks.moderation --rounds 5

10,000 statements (4,000 wait, 4,000 are accepted, 2,000 rejected), a million votes of
20,000 people, and 10,000 likenesses. Each address is asked through the whole of the
platform, middleware and template included, in this process; what is printed is the
median of the rounds, the slowest of them, and what the web process computed of it: on a
machine that others keep busy, the rest is waiting. Exits with 1 where one takes longer
than 200 ms.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

os.environ.setdefault(
    "DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/folkmoot_moderation"
)

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import crowds, service  # noqa: F401 - sets the platform up
from deliberation.models import (
    AnalysisRun,
    Conversation,
    Decision,
    Likeness,
    Moderator,
    Participant,
    Statement,
    StatementResult,
)

N_STATEMENTS, N_PEOPLE, N_EACH, N_ALIKE = 10_000, 20_000, 50, 10_000
MOST_MS = 200
SUBJECTS = "the AI|an assistant|every machine|a chatbot|it|la IA|künstliche Intelligenz"
VERBS = "should|must|should not|may|must never|needs to|debería|soll"
REST = (
    "tell people what it does not know|protect the privacy of children|"
    "explain its answers in plain words|refuse to help with weapons|"
    "respect every culture and religion|admit its mistakes|be honest about its limits|"
    "put people's safety first|ask before it acts|proteger la educación pública|"
    "die Würde des Menschen achten|be kind|save energy|follow the law of the land"
)
ADDRESSES = {
    "waiting, oldest first": "",
    "its last page": "?page=80",
    "newest first": "?sort=newest",
    "most alike first": "?sort=alike",
    "most votes first": "?sort=votes",
    "all, most votes first": "?state=all&sort=votes",
    "author's votes": "?state=all&sort=author",
    "accepted": "?state=accepted",
    "rejected, by reason": "?state=rejected&reason=spam",
    "of one language": "?language=es",
    "older than a day": "?waits=1d",
    "without votes": "?state=all&votes=none",
    "with votes": "?state=all&votes=some",
    "by the author of 12": "?state=all&author_of=12",
    "a group": "?state=all&group={group}",
    "similar to": "?state=all&similar_to={similar}",
    "search, one word": "?state=all&words=privacy",
    "search, three words": "?state=all&words=plain+EXPLAIN+should",
    "search with an accent left out": "?state=all&words=educacion",
    "search, nothing found": "?state=all&words=zebra",
    "several at once": "?state=all&words=honest&votes=some&sort=alike&language=en",
    "what colleagues did": "?seen={seen}",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="What the moderators' queue costs.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--again", action="store_true", help="on the database as it was left"
    )
    asked = parser.parse_args()
    if not asked.again:
        crowds.make_database()
        gathered(get_user_model().objects.create_user("mo"))
    user, conversation = (
        get_user_model().objects.get(username="mo"),
        Conversation.objects.get(),
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    is_fine = True
    print(
        f"{'address':<34}{'median':>10}{'slowest':>10}{'CPU':>10}{'queries':>9}{'rows':>6}"
    )
    for name, query in addresses(conversation):
        times, cpu, n_queries, n_rows = measured(
            client, conversation, query, asked.rounds
        )
        print(
            f"{name:<34}{statistics.median(times):>7.0f} ms{max(times):>7.0f} ms"
            f"{cpu:>7.0f} ms{n_queries:>9}{n_rows:>6}"
        )
        is_fine = is_fine and statistics.median(times) < MOST_MS
    sys.exit(not is_fine)


def addresses(conversation: Conversation) -> Iterator[tuple[str, str]]:
    mine = Statement.objects.filter(conversation=conversation)
    grouped = mine.filter(likeness_group__isnull=False).earliest("number")
    seen = Decision.objects.filter(conversation=conversation).latest("id").pk - 100
    values = {
        "group": grouped.likeness_group,
        "similar": grouped.number,
        "seen": seen,
    }
    for name, query in ADDRESSES.items():
        yield name, query.format(**values)


def measured(
    client: Client, conversation: Conversation, query: str, rounds: int
) -> tuple[list[float], float, int, int]:
    """Milliseconds of each round, the median of their CPU, and one's queries and rows."""
    address = f"/moderate/{conversation.slug}/statements/{query}"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    # Now: the next request forgets them.
    n_queries = len(queries)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")
    times, cpus = [], []
    for _ in range(rounds):
        began, computed = time.perf_counter(), time.process_time()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
        cpus.append((time.process_time() - computed) * 1000)
    return (
        times,
        statistics.median(cpus),
        n_queries,
        answer.content.count(b"data-card="),
    )


def gathered(user: Any) -> None:
    draw = random.Random(5)
    conversation = Conversation.objects.create(
        slug="many", question="What?", state="open", moderation="after"
    )
    Moderator.objects.create(conversation=conversation, user=user, role="owner")
    people = Participant.objects.bulk_create(
        (
            Participant(conversation=conversation, code=f"many-{n:018d}")
            for n in range(N_PEOPLE)
        ),
        batch_size=2000,
    )
    statements = Statement.objects.bulk_create(
        (written(conversation, n, draw, people) for n in range(N_STATEMENTS)),
        batch_size=2000,
    )
    compare(conversation, statements, draw)
    decide(conversation, statements)
    vote(conversation)
    analyse(conversation, statements)


def written(
    conversation: Conversation, n: int, draw: random.Random, people: list[Participant]
) -> Statement:
    parts = [draw.choice(words.split("|")) for words in (SUBJECTS, VERBS, REST)]
    state = ("pending", "pending", "accepted", "accepted", "rejected")[n % 5]
    return Statement(
        conversation=conversation,
        number=n,
        text=f"{' '.join(parts)}, number {n}.",
        language="es" if "la IA" in parts else "de" if "soll" in parts else "en",
        state=state,
        reason=draw.choice(["spam", "unclear"]) if state == "rejected" else "",
        author=draw.choice(people[:5000]),
        created_at=timezone.now() - timezone.timedelta(minutes=N_STATEMENTS - n),
    )


def compare(
    conversation: Conversation, statements: list[Statement], draw: random.Random
) -> None:
    """A third in groups of up to eight; likenesses among neighbours."""
    for first in range(0, N_STATEMENTS, 24):
        for one in statements[first : first + draw.randint(2, 8)]:
            one.likeness_group = statements[first].number
    Statement.objects.bulk_update(statements, ["likeness_group"], batch_size=2000)
    kinds = ("same", "similar", "similar", "opposite")
    pairs = {
        (at, at + draw.randint(1, 7)) for at in draw.choices(range(9990), k=N_ALIKE)
    }
    Likeness.objects.bulk_create(
        (
            Likeness(
                conversation=conversation,
                one=statements[one],
                other=statements[other],
                score=draw.random(),
                kind=draw.choice(kinds),
            )
            for one, other in pairs
        ),
        batch_size=2000,
    )


def decide(conversation: Conversation, statements: list[Statement]) -> None:
    colleague = get_user_model().objects.create_user("mira")
    Decision.objects.bulk_create(
        (
            Decision(
                conversation=conversation,
                statement=one,
                kind="accept" if one.state == "accepted" else "reject",
                before={"state": "pending"},
                after={"state": one.state},
                batch=f"batch-{one.number}",
                decided_at=timezone.now(),
                decided_by=colleague,
            )
            for one in statements
            if one.state != "pending"
        ),
        batch_size=2000,
    )


def vote(conversation: Conversation) -> None:
    """Fifty of each person, on statements far from each other; 500 have none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO deliberation_vote (conversation_id, participant_id,
                statement_id, choice, revision, cast_at, client_key, matters)
            SELECT p.conversation_id, p.id, s.id, (p.id + n) %% 3 - 1, 1, now(), '',
                false
            FROM deliberation_participant p
            CROSS JOIN generate_series(0, %s) n
            JOIN deliberation_statement s ON s.conversation_id = p.conversation_id
                AND s.number = (p.id * 7919 + n * 193) %% 9500
            WHERE p.conversation_id = %s
            """,
            [N_EACH - 1, conversation.pk],
        )
        # As autovacuum does within a minute of so many new rows.
        cursor.execute("VACUUM ANALYZE")


def analyse(conversation: Conversation, statements: list[Statement]) -> None:
    """As the worker leaves it: figures of what is shown."""
    now = timezone.now()
    run = AnalysisRun.objects.create(
        conversation=conversation,
        state="succeeded",
        layout=AnalysisRun.LAYOUT,
        started_at=now,
        lease_until=now,
        finished_at=now,
    )
    StatementResult.objects.bulk_create(
        (
            StatementResult(
                run=run,
                statement=one,
                n_agree=one.number % 90,
                n_disagree=30,
                n_pass=10,
                group_aware_consensus=0.0,
                priority=1.0,
                center=0.0,
                loading_x=0.0,
                loading_y=0.0,
            )
            for one in statements
            if one.state != "rejected"
        ),
        batch_size=2000,
    )


if __name__ == "__main__":
    main()
