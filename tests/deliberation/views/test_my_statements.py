"""One's own statements, rewording one, and what was said already while writing."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from deliberation import ratelimits
from deliberation.models import Conversation, Participant, Statement, Vote
from tests import factories

HTMX = {"HX-Request": "true"}
SAID = "Rivers should be clean."
NEARLY = "The rivers should be clean!"


def post(client: Client, name: str, text: str, *args: int, **more: str) -> HttpResponse:
    url = reverse(name, args=["rivers", *args])
    headers = {"HX-Request": more.pop("htmx")} if "htmx" in more else {}
    return client.post(url, {"text": text, **more}, headers=headers)


def page(client: Client) -> str:
    response = client.get(reverse("my-statements", args=["rivers"]))
    assert response.status_code == 200
    return response.content.decode()


def own(participant: Participant, **more: object) -> Statement:
    return factories.StatementFactory(
        conversation=participant.conversation, author=participant, text=SAID, **more
    )


# --- The page ------------------------------------------------------------------------


def test_page_of_a_stranger_is_empty_and_sets_no_cookie(
    client: Client, conversation: Conversation
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID)

    response = client.get(reverse("my-statements", args=["rivers"]))

    assert SAID not in response.content.decode()
    assert "You have not written a statement here yet" in response.content.decode()
    assert len(response.cookies) == 0


def test_page_tells_that_a_statement_waits(
    participant_client: Client, participant: Participant
) -> None:
    own(participant, state="pending")

    html = page(participant_client)

    assert "A moderator has not read it yet." in html
    assert "Change the words" in html


def test_page_tells_why_a_statement_is_not_shown(
    participant_client: Client, participant: Participant
) -> None:
    note = "Rivers & <lakes>: two ideas."
    own(participant, state="rejected", reason="several_ideas", reason_note=note)

    html = page(participant_client)

    assert "Holds more than one idea." in html
    assert '<q dir="auto">Rivers &amp; &lt;lakes&gt;: two ideas.</q>' in html


def test_page_shows_votes_and_no_way_to_reword(
    participant_client: Client, participant: Participant
) -> None:
    statement = own(participant)
    conversation = participant.conversation
    factories.VoteFactory(conversation=conversation, statement=statement)

    html = page(participant_client)

    assert "1 agrees" in html
    assert "Change the words" not in html


# --- Rewording -----------------------------------------------------------------------


def test_edit_stores_the_words_and_goes_back_to_the_page(
    participant_client: Client, participant: Participant
) -> None:
    statement = own(participant, number=4)

    response = post(participant_client, "edit-statement", "Lakes too.", 4)

    assert response.status_code == 303
    assert response["Location"] == "/c/rivers/statements/?changed=1#statement-4"
    statement.refresh_from_db()
    assert statement.text == "Lakes too."
    assert (
        "Your words are changed."
        in participant_client.get(response["Location"]).content.decode()
    )


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        ("?!", 422, "Write a sentence in words."),
        ("Tax gold.", 409, "These very words are in this conversation already."),
        ("We should tax the gold!", 409, "Someone may have said this already: see what is shown below."),
    ],
)
def test_edit_that_is_refused_keeps_the_words(
    participant_client: Client,
    participant: Participant,
    text: str,
    status: int,
    sentence: str,
) -> None:
    own(participant, number=4)
    conversation = participant.conversation
    for number, said in ((5, "Tax gold."), (6, "We should tax gold!")):
        factories.StatementFactory(conversation=conversation, number=number, text=said)

    response = post(participant_client, "edit-statement", text, 4)

    html = response.content.decode()
    assert response.status_code == status
    assert sentence in html
    assert f"{text}</textarea>" in html
    assert Statement.objects.get(number=4).text == SAID


def test_edit_of_another_is_refused(client: Client, participant: Participant) -> None:
    own(participant, number=4)

    response = post(client, "edit-statement", "Lakes too.", 4)

    assert (response.status_code, Statement.objects.get().text) == (404, SAID)


def test_edit_of_what_others_voted_on_says_so(
    participant_client: Client, participant: Participant
) -> None:
    statement = own(participant, number=4)
    factories.VoteFactory(conversation=participant.conversation, statement=statement)

    response = post(participant_client, "edit-statement", "Lakes too.", 4)

    assert response.status_code == 409
    assert "Others have voted on this statement already" in response.content.decode()


def test_edit_from_another_site_is_refused(
    participant_client: Client, participant: Participant
) -> None:
    own(participant, number=4)
    url = reverse("edit-statement", args=["rivers", 4])

    response = participant_client.post(
        url, {"text": "Lakes."}, headers={"Origin": "https://elsewhere.example"}
    )

    assert (response.status_code, Statement.objects.get().text) == (403, SAID)


# --- Said already --------------------------------------------------------------------


def test_submit_of_what_was_nearly_said_comes_back_with_it(
    client: Client, conversation: Conversation
) -> None:
    said = factories.StatementFactory(conversation=conversation, text=SAID)

    response = post(client, "submit-statement", NEARLY)

    html = response.content.decode()
    assert response.status_code == 409
    assert f"{NEARLY}</textarea>" in html
    assert f'name="considered" form="write" value="{said.pk}"' in html
    assert "Send mine anyway" in html


def test_submit_of_what_was_considered_is_stored(
    client: Client, conversation: Conversation
) -> None:
    said = factories.StatementFactory(conversation=conversation, text=SAID)

    response = post(client, "submit-statement", NEARLY, considered=str(said.pk))

    assert (response.status_code, Statement.objects.count()) == (303, 2)


@pytest.mark.parametrize(("state", "n_offered"), [("accepted", 1), ("rejected", 0)])
def test_submit_of_the_very_words_offers_the_statement_for_a_vote(
    client: Client, conversation: Conversation, state: str, n_offered: int
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID, state=state)

    response = post(client, "submit-statement", SAID.upper())

    html = response.content.decode()
    assert response.status_code == 409
    assert html.count("data-instead") == n_offered
    assert "Send mine anyway" not in html


def test_vote_instead_is_stored_by_a_plain_form(
    client: Client, conversation: Conversation
) -> None:
    said = factories.StatementFactory(conversation=conversation, text=SAID)
    context = post(client, "submit-statement", NEARLY).context
    data = {"participant": context["participant"], "statement": said.pk, "choice": 1}

    response = client.post(reverse("cast-vote", args=["rivers"]), data)

    assert response.status_code == 303
    assert list(Vote.objects.values_list("statement", "choice")) == [(said.pk, 1)]


def test_similar_answers_with_a_fragment_and_stores_nothing(
    client: Client, conversation: Conversation
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID)

    response = post(client, "similar-statements", NEARLY, htmx="true")

    html = response.content.decode()
    assert html.strip().startswith('<section class="similar"')
    assert html.count("data-instead") == 1
    assert (Participant.objects.count(), len(response.cookies)) == (0, 0)


@pytest.mark.parametrize("text", ["Tax the rich.", "Rivers should not be clean.", "?"])
def test_similar_is_empty_where_there_is_nothing_or_the_opposite(
    client: Client, conversation: Conversation, text: str
) -> None:
    factories.StatementFactory(conversation=conversation, text=SAID)

    response = post(client, "similar-statements", text, htmx="true")

    assert (response.status_code, response.content.strip()) == (200, b"")


def test_similar_leaves_out_the_statement_that_is_reworded(
    participant_client: Client, participant: Participant
) -> None:
    own(participant, number=4)

    response = post(participant_client, "similar-statements", NEARLY, number="4")

    assert response.content.strip() == b""


def test_similar_from_another_site_is_refused(
    client: Client, conversation: Conversation
) -> None:
    response = client.post(
        reverse("similar-statements", args=["rivers"]),
        {"text": NEARLY},
        headers={"Origin": "https://elsewhere.example"},
    )

    assert response.status_code == 403


# --- A thousand requests in a minute -------------------------------------------------


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("similar-statements", ratelimits.SIMILAR_NETWORK),
        ("submit-statement", ratelimits.SUBMIT_NETWORK),
    ],
)
def test_a_thousand_requests_of_one_network_are_limited_and_others_undisturbed(
    client: Client,
    conversation: Conversation,
    rf: RequestFactory,
    name: str,
    limit: ratelimits.Limit,
) -> None:
    assert limit.most < 1000
    for _n in range(limit.most):
        ratelimits.check(limit, ratelimits.network(rf.get("/")))
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")

    assert post(client, name, "Lakes have rights.").status_code == 429
    assert post(elsewhere, name, "Rivers have rights.").status_code in {200, 303}


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("similar-statements", ratelimits.SIMILAR),
        ("submit-statement", ratelimits.SUBMIT),
    ],
)
def test_many_requests_of_one_code_leave_her_neighbours_undisturbed(
    participant_client: Client,
    participant: Participant,
    name: str,
    limit: ratelimits.Limit,
) -> None:
    for _n in range(limit.most):
        ratelimits.check(limit, participant.code)

    assert post(participant_client, name, "Lakes have rights.").status_code == 429
    assert post(Client(), name, "Rivers have rights.").status_code in {200, 303}
