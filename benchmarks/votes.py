"""What a vote costs: the platform beside a bare Django view and beside pgbench.

Run it from the project root, on a machine that has nothing else to do. It needs a
PostgreSQL and a Redis, and the Debian packages wrk and postgresql-contrib. The database
that DATABASE_URL names is made anew:

    python -m benchmarks.votes --rounds 5 --seconds 8

- vote      a known participant's vote, stored and answered with the next card
- bare      a Django view that does an upsert alone, on the same server
- pgbench   the same upsert, prepared, without Python
- newcomer  the first vote of somebody, who joins by it
- page      the first view of the voting page

All on 32 connections, each way into a conversation of 5,000 people with 100,000 votes
on 300 statements. The ways take turns, because clocks of virtual machines drift, and
ratios are medians of the rounds' own.
"""

import argparse
import json
import os
import random
import statistics
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks import crowds, service
from benchmarks.loads import Load, pgbench, server, wrk
from deliberation import forms, identity
from deliberation.management import programs

PORTS = {"platform": 8931, "bare": 8932}
# Prepared requests of one round; where they run out, they begin again.
PREPARED = 20_000
# (of, to, least ratio that we hold ourselves to)
RATIOS = [("vote", "bare", 0.5), ("vote", "pgbench", 0.12), ("page", "vote", 1.0)]


UPSERT = """
INSERT INTO deliberation_vote (conversation_id, participant_id, statement_id, choice,
    revision, cast_at, client_key, matters)
VALUES ({conversation}, :person, :statement, :choice, 1, now(), '', false)
ON CONFLICT (participant_id, statement_id)
DO UPDATE SET choice = excluded.choice, cast_at = excluded.cast_at
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="What a vote costs.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--only", nargs="*", help="names of ways")
    asked = parser.parse_args()
    with ExitStack() as stack:
        ways = measured_ways(Path(service.FOLDER.name), stack, asked.seconds)
        if asked.only:
            ways = {name: way for name, way in ways.items() if name in asked.only}
        for way in ways.values():
            way()
        rounds = []
        for _ in range(asked.rounds):
            rounds.append({name: way() for name, way in ways.items()})
            print(json.dumps({n: round(load.rate) for n, load in rounds[-1].items()}))
    report(rounds)


def measured_ways(
    folder: Path, stack: ExitStack, seconds: int
) -> dict[str, Callable[[], Load]]:
    """Make the world, start both servers, and tell how each way is measured."""
    crowds.make_database()
    voting, plain = crowds.gather("votes", 1), crowds.gather("bare", 2)
    bare = programs.web("127.0.0.1", PORTS["bare"])
    bare[-1] = "benchmarks.bare:application"
    commands = {"bare": bare, "platform": programs.web("127.0.0.1", PORTS["platform"])}
    urls = {name: f"http://127.0.0.1:{port}" for name, port in PORTS.items()}
    pids = {
        name: stack.enter_context(server(command, urls[name]))
        for name, command in commands.items()
    }

    def loaded(name: str, lines: Iterator[str]) -> Callable[[], Load]:
        path = folder / "requests"

        def way() -> Load:
            path.write_text("".join(next(lines) for _ in range(PREPARED)))
            return wrk(urls[name], path, seconds, pids[name])

        return way

    ids = {"conversation": plain.conversation}
    script = (
        f"\\set person random({plain.people[0]}, {plain.people[-1]})\n"
        f"\\set statement random({plain.statements[0]}, {plain.statements[-1]})\n"
        "\\set choice random(-1, 1)\n" + " ".join(UPSERT.format(**ids).split()) + ";\n"
    )
    return {
        "vote": loaded("platform", votes(voting)),
        "bare": loaded("bare", upserts(plain)),
        "pgbench": lambda: pgbench(os.environ["DATABASE_URL"], script, seconds),
        "newcomer": loaded("platform", newcomers(voting)),
        "page": loaded("platform", pages()),
    }


# --- Requests, a line each: method, path, cookie and body between tabs ----------------


def votes(crowd: crowds.Crowd) -> Iterator[str]:
    """Each of another who comes by, with her cookie and four more cards in hand."""
    draw = random.Random(3)
    while True:
        for code, unseen in draw.sample(
            list(zip(crowd.codes, crowd.unseen, strict=True)), len(crowd.codes)
        ):
            if len(unseen) > 5:
                signed = identity.sign(code, "votes")
                body = ballot(signed, unseen.pop(), unseen[-4:], draw)
                yield line("/c/votes/votes/", body, f"participant_votes={signed}")


def newcomers(crowd: crowds.Crowd) -> Iterator[str]:
    draw = random.Random(4)
    while True:
        signed = identity.sign(identity.new_code(), "votes")
        statement, *held = draw.sample(crowd.statements, 5)
        yield line("/c/votes/votes/", ballot(signed, statement, held, draw))


def ballot(
    signed: str, statement: int, held: list[int], draw: random.Random
) -> dict[str, object]:
    return {
        "participant": signed,
        "key": str(uuid.UUID(int=draw.getrandbits(128))),
        "statement": statement,
        "choice": draw.choice((-1, 0, 1)),
        "draw": forms.signed_draw(statement, draw.random(), 280),
        "held": held,
    }


def upserts(crowd: crowds.Crowd) -> Iterator[str]:
    draw = random.Random(5)
    while True:
        body = {
            "conversation": crowd.conversation,
            "participant": draw.choice(crowd.people),
            "statement": draw.choice(crowd.statements),
            "choice": draw.choice((-1, 0, 1)),
        }
        yield line("/upsert/", body)


def pages() -> Iterator[str]:
    while True:
        yield "GET\t/c/votes/vote/\t\t\n"


def line(path: str, body: dict[str, object], cookie: str = "") -> str:
    return "\t".join(("POST", path, cookie, json.dumps(body))) + "\n"


# --- What was seen ---------------------------------------------------------------------


def report(rounds: list[dict[str, Load]]) -> None:
    print(f"{'':10} {'a second':>18} {'p50 ms':>8} {'p99 ms':>8} {'CPU ms':>8}  errors")
    for name in rounds[0]:
        loads = [turn[name] for turn in rounds]
        rates = sorted(load.rate for load in loads)
        print(
            f"{name:10} {statistics.median(rates):6.0f}"
            f" {f'({rates[0]:.0f}-{rates[-1]:.0f})':>11}"
            f" {statistics.median(load.p50 for load in loads):8.1f}"
            f" {statistics.median(load.p99 for load in loads):8.1f}"
            f" {statistics.median(load.cpu for load in loads) * 1e3:8.2f}"
            f"  {sum(load.refused for load in loads)} refused,"
            f" {sum(load.broken for load in loads)} broken"
        )
    for one, other, least in RATIOS:
        if one in rounds[0] and other in rounds[0]:
            ratios = sorted(turn[one].rate / turn[other].rate for turn in rounds)
            print(
                f"{one} / {other}: {statistics.median(ratios):.2f}"
                f" ({ratios[0]:.2f}-{ratios[-1]:.2f}), at least {least}"
            )


if __name__ == "__main__":
    main()
