"""Planted worlds: honest people who differ in readiness, statements and opinion."""

import numpy as np

from clustering.quality import Ballots, Sign, ballots, look

N_PEOPLE, N_STATEMENTS, N_EACH = 240, 80, 40
LENGTH = 100


def answers(seed: int = 1) -> np.ndarray:
    """(people, statements): choices of honest people."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, 0.6, (N_PEOPLE, 1)) + random.normal(0.5, 1, N_STATEMENTS)
    logits += random.normal(size=(N_PEOPLE, 1)) * random.normal(0, 0.7, N_STATEMENTS)
    choices = np.where(random.random(logits.shape) < 1 / (1 + np.exp(-logits)), 1, -1)
    choices[random.random(choices.shape) < 0.1] = 0
    return choices


class Crowd:
    """Honest people with their votes in human time; bots are added to them."""

    def __init__(self, seed: int = 1) -> None:
        random = np.random.default_rng([seed, 1])
        given = answers(seed)
        self.votes = []
        for person in range(N_PEOPLE):
            seen = random.permutation(N_STATEMENTS)[:N_EACH]
            when = random.random() * 1e6 + np.cumsum(random.lognormal(2, 0.5, N_EACH))
            self.votes.append((seen, given[person, seen], when))

    def add(self, seen: np.ndarray, given: np.ndarray, when: np.ndarray) -> int:
        """Returns her number."""
        self.votes.append((seen, given, when))
        return len(self.votes) - 1

    def ballots(self) -> Ballots:
        rows = np.repeat(np.arange(len(self.votes)), [len(v[0]) for v in self.votes])
        columns, choices, when = (
            np.concatenate([vote[i] for vote in self.votes]) for i in range(3)
        )
        lengths = dict.fromkeys(range(N_STATEMENTS), LENGTH)
        return ballots(rows, columns, choices, when, lengths)

    def signs(self, kind: str) -> dict[int, Sign]:
        """Of one kind, by person."""
        found = look(self.ballots())
        return {sign.person: sign for sign in found if sign.kind == kind}
