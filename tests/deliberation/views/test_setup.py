"""Setting a conversation up: the first page, the steps, opening and closing it."""

import pytest

from deliberation.models import AuditEvent, Conversation
from tests.factories import THEN, ConversationFactory, ModeratorFactory, VoteFactory

pytestmark = pytest.mark.django_db

HOME = "/moderate/rivers/"
SETUP = f"{HOME}setup/"
NEW = {"question": "What next?", "slug": "next", "language": "en"}
WORDS = {
    "question": "What should the AI do?",
    "language": "en",
    "description": "Why we ask.",
    "languages": ["ko", "es"],
}
PEOPLE = {
    "entry": "link",
    "moderation": "after",
    "embed_origins": "https://www.example.org\n\nhttps://example.org:8443/",
}
LIMITS = {"vote_goal": "30", "max_statement_length": "200", "max_statements": "3"}


def save(client, step, **data):
    return client.post(f"{SETUP}{step}/save/", data)


# --- The first page ----------------------------------------------------------------------


def test_new_conversation_is_a_draft_of_its_maker_and_leads_to_the_first_step(
    outsider_client,
):
    response = outsider_client.post("/moderate/new/", NEW)

    assert response["Location"] == "/moderate/next/setup/words/"
    made = Conversation.objects.get()
    assert (made.state, made.moderation) == ("draft", "before")
    assert made.moderators.get().role == "owner"


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("rivers", "There is a conversation at the address “rivers” already."),
        ("new", "“new” is an address of this site; choose another."),
    ],
)
def test_new_conversation_at_an_impossible_address_is_refused(
    moderator_client, slug, sentence
):
    response = moderator_client.post("/moderate/new/", NEW | {"slug": slug})

    assert response.status_code == 422
    assert response.context["form"].errors == {"slug": [sentence]}
    assert f'<a href="#id_slug">Address</a>: {sentence}' in response.content.decode()
    assert Conversation.objects.count() == 1


def test_address_is_made_of_the_question_and_is_free(outsider_client):
    ConversationFactory(slug="what-next")

    outsider_client.post("/moderate/new/", NEW | {"slug": ""})

    assert Conversation.objects.latest("id").slug == "what-next-2"


# --- Steps -------------------------------------------------------------------------------


def test_each_step_leads_to_the_next_and_the_last_to_the_check(
    moderator_client, conversation
):
    rule = {"threshold": "60", "max_principles": "60", "min_votes": "5"}
    answers = [
        save(moderator_client, "words", **WORDS),
        save(moderator_client, "schedule"),
        save(moderator_client, "people", **PEOPLE),
        save(moderator_client, "sight", results="close"),
        save(moderator_client, "limits", **LIMITS),
        save(moderator_client, "rule", **rule),
    ]

    assert [answer["Location"] for answer in answers] == [
        f"{SETUP}schedule/",
        f"{SETUP}people/",
        f"{SETUP}sight/",
        f"{SETUP}limits/",
        f"{SETUP}rule/",
        SETUP,
    ]
    now = Conversation.objects.get()
    assert now.languages == ["es", "ko"]
    assert now.embed_origins == ["https://www.example.org", "https://example.org:8443"]
    assert (now.entry, now.moderation, now.results) == ("link", "after", "close")
    limits = (now.vote_goal, now.max_statement_length, now.max_statements)
    assert limits == (30, 200, 3)


def test_a_step_can_be_kept_without_going_on(moderator_client, conversation):
    response = save(moderator_client, "limits", **LIMITS, stay="1")

    assert response["Location"] == f"{SETUP}limits/"


def test_a_step_that_there_is_not_is_not_found(moderator_client, conversation):
    assert moderator_client.get(f"{SETUP}magic/").status_code == 404


def test_what_is_wrong_is_said_beside_the_field_and_above(
    moderator_client, conversation
):
    wrong = LIMITS | {"vote_goal": "0"}
    said = "Ensure this value is greater than or equal to 5."

    response = save(moderator_client, "limits", **wrong)

    page = response.content.decode()
    assert response.status_code == 422
    assert f'<a href="#id_vote_goal">Votes to aim for</a>: {said}' in page
    assert f'<p class="field__error">{said}</p>' in page
    assert Conversation.objects.get().max_statement_length == 280
    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize(
    ("times", "field", "sentence"),
    [
        (
            {"collects_until": "2999-12-06T18:00", "votes_until": "2999-12-05T18:00"},
            "votes_until",
            "This has to be later than “Statements until”.",
        ),
        (
            {"votes_until": "2026-02-01T18:00"},
            "votes_until",
            "This time has passed already. Choose a later one.",
        ),
        (
            {"opens_at": "next week"},
            "opens_at",
            "This is no time. Write it like 2026-12-05 18:00.",
        ),
        (
            {"opens_at": "2999-02-30T18:00"},
            "opens_at",
            "This is no time. Write it like 2026-12-05 18:00.",
        ),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_beside_its_field(
    moderator_client, conversation, times, field, sentence
):
    Conversation.objects.update(state="draft")

    response = save(moderator_client, "schedule", **times)

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [sentence]}
    assert Conversation.objects.get().votes_until is None


def test_times_come_back_as_they_were_given(moderator_client, conversation):
    save(moderator_client, "schedule", votes_until="2999-12-05T18:00")

    page = moderator_client.get(f"{SETUP}schedule/").content.decode()

    assert 'value="2999-12-05T18:00"' in page
    assert "All times are in UTC" in page


def test_opening_of_what_is_open_stays_as_it_was(moderator_client, conversation):
    Conversation.objects.update(opens_at=THEN)

    save(moderator_client, "schedule", opens_at="2999-12-01T18:00")

    assert Conversation.objects.get().opens_at == THEN


def test_question_that_was_voted_on_stays(moderator_client, conversation):
    VoteFactory(conversation=conversation)

    save(moderator_client, "words", **WORDS | {"question": "Something else?"})

    now = Conversation.objects.get()
    assert (now.question, now.description) == ("What should the AI do?", "Why we ask.")


def test_markdown_is_shown_as_people_read_it_before_it_is_kept(
    moderator_client, conversation
):
    words = WORDS | {"description": "**Bold** <script>alert(1)</script>"}

    response = save(moderator_client, "words", **words, preview="1")

    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>Bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert Conversation.objects.get().description == ""


def test_what_is_in_the_archive_cannot_be_changed(moderator_client, conversation):
    Conversation.objects.update(state="archived")

    response = save(moderator_client, "limits", **LIMITS)

    assert response.status_code == 409
    assert response.context["form"].non_field_errors() == [
        "The state of this conversation is “Archived”, so this cannot be done."
    ]


@pytest.mark.parametrize("role", ["moderator", "translator", "observer"])
def test_who_does_not_own_it_changes_nothing(client, conversation, role):
    client.force_login(ModeratorFactory(conversation=conversation, role=role).user)

    response = save(client, "limits", **LIMITS)

    assert response.status_code == 403
    assert Conversation.objects.get().vote_goal == 25


# --- Check and open ----------------------------------------------------------------------


def test_check_says_what_is_missing(moderator_client, conversation):
    page = moderator_client.get(SETUP).content.decode()

    for said in (
        "There is no statement to vote on yet",
        "Nothing says yet why you ask",
        "There is no end yet",
        "Nothing says yet by what rules",
        "You decide on statements alone",
    ):
        assert said in page


def test_conversation_is_closed_and_opened_again(moderator_client, conversation):
    for act, state in (("close/", "closed"), ("open/", "open")):
        response = moderator_client.post(HOME + act)

        conversation.refresh_from_db()
        assert (response["Location"], conversation.state) == (HOME, state)


def test_open_conversation_cannot_be_opened(moderator_client, conversation):
    response = moderator_client.post(HOME + "open/")

    assert response.status_code == 409
    assert str(response.context["error"]) == (
        "The state of this conversation is “Open”, so this cannot be done."
    )


def test_what_is_over_by_its_schedule_is_not_opened(moderator_client, conversation):
    Conversation.objects.update(state="closed", votes_until=THEN)

    response = moderator_client.post(HOME + "open/")

    assert (response.status_code, response.context["error"].code) == (
        409,
        "schedule_over",
    )
    assert Conversation.objects.get().state == "closed"


def test_conversation_goes_to_the_archive_and_comes_back(
    moderator_client, client, conversation
):
    Conversation.objects.update(state="closed", opened_at=THEN)

    moderator_client.post(HOME + "archive/")
    public = client.get("/c/rivers/").status_code
    listed = moderator_client.get("/moderate/").context
    moderator_client.post(HOME + "restore/")

    assert (public, listed["present"], listed["archived"]) == (404, [], [conversation])
    assert Conversation.objects.get().state == "closed"


def test_what_is_open_does_not_go_to_the_archive(moderator_client, conversation):
    response = moderator_client.post(HOME + "archive/")

    assert (response.status_code, response.context["error"].code) == (
        409,
        "wrong_state",
    )
