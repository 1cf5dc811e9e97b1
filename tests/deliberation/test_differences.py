"""What differs between two texts, told in pieces."""

import pytest

from deliberation.differences import between

SAME, REMOVED, ADDED = "same", "removed", "added"


def pieces(before, after):
    return [(piece.kind.value, piece.text) for piece in between(before, after)]


def test_words_that_both_have_stay_and_the_others_are_marked():
    assert pieces(
        "The AI should always tell the truth.",
        "The AI should tell people the truth, even when it hurts.",
    ) == [
        (SAME, "The AI should "),
        (REMOVED, "always"),
        (SAME, " tell "),
        (ADDED, "people"),
        (SAME, " the truth"),
        (ADDED, ", even when it hurts"),
        (SAME, "."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "人工智能应该说真话",
            "人工智能必须始终说真话",
            [
                (SAME, "人工智能"),
                (REMOVED, "应该"),
                (ADDED, "必须始终"),
                (SAME, "说真话"),
            ],
        ),
        (
            "ฉันคิดว่า AI ควรบอกความจริง",
            "AI ควรบอกความจริงเสมอ",
            [(REMOVED, "ฉันคิดว่า"), (SAME, " AI ควรบอกความจริง"), (ADDED, "เสมอ")],
        ),
        (
            "AI는 항상 진실을 말해야 한다.",
            "AI는 언제나 진실을 말해야 한다.",
            [
                (SAME, "AI는 "),
                (REMOVED, "항상"),
                (SAME, " "),
                (ADDED, "언제나"),
                (SAME, " 진실을 말해야 한다."),
            ],
        ),
    ],
)
def test_scripts_without_spaces_are_compared_sign_by_sign(before, after, expected):
    assert pieces(before, after) == expected


def test_texts_with_little_in_common_are_told_whole():
    assert pieces("Tax gold.", "Rivers must be clean") == [
        (REMOVED, "Tax gold."),
        (ADDED, "Rivers must be clean"),
    ]


def test_the_same_text_is_one_piece():
    assert pieces("Tax gold.", "Tax gold.") == [(SAME, "Tax gold.")]


def test_a_word_with_an_apostrophe_is_one_word():
    assert pieces("It doesn't lie", "It does lie") == [
        (SAME, "It "),
        (REMOVED, "doesn't"),
        (SAME, " "),
        (ADDED, "does"),
        (SAME, " lie"),
    ]


@pytest.mark.parametrize(("before", "after"), [("", "x"), ("x", ""), ("a b", "b a c")])
def test_the_pieces_hold_both_texts(before, after):
    found = pieces(before, after)

    old = "".join(text for kind, text in found if kind != ADDED)
    new = "".join(text for kind, text in found if kind != REMOVED)
    assert (old.split(), new.split()) == (before.split(), after.split())


def test_a_space_that_only_the_older_text_has_keeps_words_apart():
    assert pieces("Tell people and each other.", "Tell people.") == [
        (SAME, "Tell people "),
        (REMOVED, "and each other"),
        (SAME, "."),
    ]
