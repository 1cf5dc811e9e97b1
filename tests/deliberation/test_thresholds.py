"""The thresholds of signs: the same in the engine, and what differs is what is kept."""

from dataclasses import asdict

from clustering.quality import Thresholds
from deliberation import thresholds


def test_the_usual_thresholds_are_those_of_the_engine():
    assert thresholds.of({}) == asdict(Thresholds())


def test_usual_values_are_within_their_bounds():
    outside = [
        one.name for one in thresholds.ALL if not one.least <= one.usual <= one.most
    ]

    assert outside == []


def test_a_rule_keeps_what_differs():
    values = thresholds.of({"spam_hour": 30})

    assert thresholds.differing(values) == {"spam_hour": 30}
    assert thresholds.differing(thresholds.of({})) == {}


def test_what_differs_is_told_with_what_is_usual():
    told = {
        (str(one.words), one.value, one.usual)
        for one in thresholds.told({"spam_hour": 30})
        if not one.is_usual
    }

    assert told == {("Spam: so many statements in an hour", "30", "20")}
