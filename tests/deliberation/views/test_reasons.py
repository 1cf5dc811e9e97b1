"""The rules of moderation: a policy, reasons, and what is kept of reasons that go."""

import pytest

from deliberation import queries
from deliberation.models import AuditEvent, Conversation

pytestmark = pytest.mark.django_db

PAGE = "/moderate/rivers/policy/"
CHANGE = "/moderate/rivers/policy/change/"
KEPT = {"use_spam": "on", "use_other": "on"}


def offered(conversation):
    return queries.reasons.choices(Conversation.objects.get(pk=conversation.pk))


def test_all_usual_reasons_are_offered_at_first(moderator_client, conversation):
    form = moderator_client.get(PAGE).context["form"]

    assert [words.value() for _use, words in form.usual()] == [""] * 8
    assert all(use.value() for use, _words in form.usual())
    assert len(offered(conversation)) == 8


def test_reasons_are_chosen_worded_and_added(moderator_client, conversation):
    given = KEPT | {"words_spam": "An advertisement", "own": "About money\n\nToo long"}

    moderator_client.post(CHANGE, given | {"policy": "We take **everything**."})

    assert offered(conversation) == [
        ("spam", "An advertisement"),
        ("other", "Another reason"),
        ("own_1", "About money"),
        ("own_2", "Too long"),
    ]
    page = moderator_client.get("/c/rivers/moderation/").content.decode()
    assert "We take <strong>everything</strong>." in page
    assert "About money" in page


def test_a_reason_that_goes_keeps_its_words(moderator_client, conversation):
    moderator_client.post(CHANGE, KEPT | {"own": "About money\nToo long"})
    moderator_client.post(CHANGE, KEPT | {"own": "Too long\nToo loud"})

    conversation.refresh_from_db()
    assert [code for code, _words in offered(conversation)] == [
        *("spam", "other", "own_2", "own_3")
    ]
    assert queries.reasons.words(conversation, "own_1") == "About money"
    assert queries.reasons.words(conversation, "unclear") == "Cannot be understood"


def test_what_is_as_it_was_is_not_on_record(moderator_client, conversation):
    for _ in range(2):
        moderator_client.post(CHANGE, KEPT | {"policy": "Be kind."})

    event = AuditEvent.objects.get()
    assert event.action == "reasons.change_policy"
    assert event.details["changes"]["policy"] == ["", "Be kind."]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"use_spam": "on"},
            "Keep two reasons at least: moderators have to choose from some.",
        ),
        (
            KEPT | {"own": "\n".join("abcdefg")},
            "These are 7 reasons of your own; at most 6 can be kept.",
        ),
        (
            KEPT | {"own": "x" * 121},
            f"“{'x' * 30} …” is too long; say it in 120 characters.",
        ),
        (
            KEPT | {"policy": "x" * 4001},
            "Ensure this value has at most 4000 characters (it has 4001).",
        ),
    ],
)
def test_rules_that_cannot_be_are_refused(
    moderator_client, conversation, given, sentence
):
    response = moderator_client.post(CHANGE, given)

    form = response.context["form"]
    assert response.status_code == 422
    assert [e for errors in form.errors.values() for e in errors] == [sentence]
    assert (len(offered(conversation)), AuditEvent.objects.count()) == (8, 0)


def test_a_policy_with_a_script_shows_as_words(moderator_client, conversation):
    policy = "<script>alert(1)</script> [x](javascript:alert(1))"

    moderator_client.post(CHANGE, KEPT | {"policy": policy})

    page = moderator_client.get("/c/rivers/moderation/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
