"""Every refusal has a code of its own, a sentence and a status."""

import importlib
import pkgutil
from collections import defaultdict

import pytest

import deliberation
from deliberation.errors import DeliberationError


def every_refusal() -> list[type[DeliberationError]]:
    for module in pkgutil.walk_packages(deliberation.__path__, "deliberation."):
        if ".migrations" not in module.name and "management" not in module.name:
            importlib.import_module(module.name)
    found, waiting = [], [DeliberationError]
    while waiting:
        children = waiting.pop().__subclasses__()
        found += children
        waiting += children
    return [refusal for refusal in found if refusal.__module__.startswith("delib")]


REFUSALS = every_refusal()


def test_codes_of_refusals_are_unique() -> None:
    codes = [refusal.code for refusal in REFUSALS]

    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_refusal_says_what_happened(refusal: type[DeliberationError]) -> None:
    assert 400 <= refusal.http_status < 500
    assert refusal.code != DeliberationError.code
    # A lazy plural has no text before it is given its number.
    sentence = str(refusal.message % defaultdict(int))
    assert sentence.endswith(".")
