"""One decision on many statements of the queue, and taking it back."""

import pytest
from django.utils import timezone

from deliberation import actions
from deliberation.models import AuditEvent, Decision, Statement
from tests.factories import LikenessFactory, StatementFactory, UserFactory

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
QUEUE = "/moderate/rivers/statements/"
SEEN = {"seen": ["1:0", "2:0", "3:0"]}


@pytest.fixture
def three(conversation):
    return [
        StatementFactory(
            conversation=conversation, number=n, state="pending", text=f"Be kind {n}."
        )
        for n in (1, 2, 3)
    ]


def states(conversation):
    rows = Statement.objects.filter(conversation=conversation).order_by("number")
    return list(rows.values_list("number", "state", "reason"))


def said(response):
    return [str(message) for message in response.context["messages"]]


def sweep(client, do, *, query="", **more):
    data = SEEN | {"do": do} | more
    follow = "HTTP_HX_REQUEST" not in more
    headers = {k: data.pop(k) for k in list(data) if k.startswith("HTTP_")}
    return client.post(f"{QUEUE}sweep/{query}", data, follow=follow, **headers)


@pytest.mark.parametrize(
    ("do", "words", "expected"),
    [
        ("accept:marked", "1 statement", [("accepted", ""), *[("pending", "")] * 2]),
        ("accept:others", "2 statements", [("pending", ""), *[("accepted", "")] * 2]),
        (
            "reject:marked:spam",
            "rejected: Spam",
            [("rejected", "spam"), *[("pending", "")] * 2],
        ),
        (
            "reject:others:spam",
            "2 statements",
            [("pending", ""), *[("rejected", "spam")] * 2],
        ),
    ],
)
def test_sweep_is_about_the_marked_or_the_others(
    moderator_client, conversation, three, do, words, expected
):
    response = sweep(moderator_client, do, query="?sort=newest", statement=["1"])

    assert [tuple(rest) for _n, *rest in states(conversation)] == expected
    assert response.redirect_chain == [(f"{QUEUE}?sort=newest", 302)]
    (message,) = said(response)
    assert message.count(words) + message.startswith("Statement 1 is acc") == 1
    assert AuditEvent.objects.count() == 1


def test_sweep_marks_as_about_the_people(moderator_client, conversation, three):
    response = sweep(moderator_client, "meta:marked", statement=["1", "3"])

    marked = Statement.objects.filter(is_meta=True).values_list("number", flat=True)
    assert sorted(marked) == [1, 3]
    assert said(response) == ["2 statements are marked as about the people."]


def test_sweep_by_htmx_takes_rows_away_and_offers_to_undo(
    moderator_client, conversation, three
):
    response = sweep(moderator_client, "accept:others", statement=["1"], **HTMX)

    page = response.content.decode()
    (batch,) = set(Decision.objects.values_list("batch", flat=True))
    assert response.status_code == 200
    assert page.count('id="statement-2" hx-swap-oob="true"') == 1
    assert page.count('id="statement-3" hx-swap-oob="delete"') == 1
    assert page.count('id="statement-1"') == 0
    assert page.count(f'value="{batch}"') == 2
    assert response.context["counts"].n_accepted == 2


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"do": "accept:marked"}, "Mark at least one statement."),
        (
            {"do": "accept:others", "statement": ["1", "2", "3"]},
            "There is no other statement on this page.",
        ),
        ({"do": "accept:both", "statement": ["1"]}, "nothing that can be decided"),
        ({"do": "burn:marked", "statement": ["1"]}, "nothing that can be decided"),
        ({"do": "reject:marked", "statement": ["1"]}, "Choose a reason"),
        ({"do": "reject:marked:odd", "statement": ["1"]}, "Choose a reason"),
        ({"do": "accept:marked", "statement": ["x"]}, "is not whole"),
        ({"do": "accept:marked", "statement": ["1"], "seen": ["1"]}, "is not whole"),
        ({"do": "reject:marked:spam", "note": "x" * 301}, "at most 300 characters"),
    ],
)
def test_sweep_of_nothing_known_is_refused(
    moderator_client, conversation, three, data, problem, headers
):
    response = moderator_client.post(f"{QUEUE}sweep/", SEEN | data, **headers)

    assert response.status_code == 422
    assert response.content.decode().count(problem) == 1
    assert {state for _n, state, _r in states(conversation)} == {"pending"}


# --- All that match ------------------------------------------------------------------


def test_all_that_match_are_asked_for_in_words_first(
    moderator_client, conversation, three
):
    address = "?words=kind"

    asked = sweep(moderator_client, "reject:matching:spam", query=address)

    page = asked.content.decode()
    assert page.count("Reject 3 statements?") == 1
    assert page.count("Their authors will read this reason: Spam.") == 1
    assert page.count('value="reject:marked:spam"') == 1
    assert {state for _n, state, _r in states(conversation)} == {"pending"}


def test_what_was_confirmed_is_decided_and_no_more(
    moderator_client, conversation, three
):
    asked = sweep(moderator_client, "accept:matching", query="?words=kind")
    StatementFactory(
        conversation=conversation, number=4, state="pending", text="Be kind 4."
    )

    sweep(
        moderator_client,
        "accept:marked",
        statement=asked.context["numbers"],
        seen=asked.context["seen"],
    )

    found = [state for _n, state, _r in states(conversation)]
    assert found == ["accepted", "accepted", "accepted", "pending"]


def test_nothing_that_matches_is_refused(moderator_client, three):
    response = sweep(moderator_client, "accept:matching", query="?words=zebra")

    assert response.status_code == 422
    assert response.content.decode().count("No statement matches.") == 1


# --- Two at once ---------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_sweep_leaves_alone_what_a_colleague_decided(
    moderator_client, conversation, three, headers
):
    actions.moderation.reject(
        conversation=conversation,
        statements=[three[1]],
        reason="unclear",
        note="",
        by=UserFactory(username="mira"),
        now=timezone.now(),
    )

    response = sweep(moderator_client, "accept:others", **headers)

    found = [state for _n, state, _r in states(conversation)]
    assert found == ["accepted", "rejected", "accepted"]
    skipped = (
        "1 statement was left as it is: it was decided on, or changed, since you looked"
        " at it."
    )
    if headers:
        assert response.context["said"] == f"2 statements are accepted. {skipped}"
        assert response.content.decode().count("You wanted to accept it.") == 1
    else:
        assert said(response) == ["2 statements are accepted.", skipped]


# --- Near-duplicates -----------------------------------------------------------------


def test_one_leads_and_the_others_that_wait_are_folded(
    moderator_client, conversation, three
):
    Statement.objects.filter(conversation=conversation).update(likeness_group=1)
    Statement.objects.filter(number=3).update(state="accepted")

    response = sweep(moderator_client, "lead:2")

    assert states(conversation) == [
        (1, "rejected", "duplicate"),
        (2, "accepted", ""),
        (3, "accepted", ""),
    ]
    assert Statement.objects.get(number=1).duplicate_of == three[1]
    assert said(response) == ["Statement 2 leads: 1 other is folded into it."]
    assert Decision.objects.values_list("batch").distinct().count() == 1


def test_what_may_be_the_opposite_is_not_folded(moderator_client, conversation, three):
    Statement.objects.filter(conversation=conversation).update(likeness_group=1)
    LikenessFactory(
        conversation=conversation, one=three[0], other=three[1], kind="opposite"
    )

    response = sweep(moderator_client, "lead:2")

    assert (response.status_code, response.context["error"].code) == (
        409,
        "perhaps_opposite",
    )
    assert {state for _n, state, _r in states(conversation)} == {"pending"}


# --- Taking back ---------------------------------------------------------------------


def test_a_sweep_is_taken_back_as_a_whole(moderator_client, conversation, three):
    sweep(moderator_client, "reject:others:spam", statement=["1"])
    (recent,) = moderator_client.get(QUEUE).context["recent"]

    response = moderator_client.post(
        f"{QUEUE}take-back/?page=1", {"batch": recent.batch}, follow=True
    )

    assert {tuple(rest) for _n, *rest in states(conversation)} == {("pending", "")}
    assert said(response)[-1] == "Taken back: 2 statements are what they were before."
    assert response.redirect_chain == [(f"{QUEUE}?page=1", 302)]


def test_one_is_taken_back_in_its_place(moderator_client, conversation, three):
    moderator_client.post(f"{QUEUE}2/accept/", {"seen": "0"})
    batch = Decision.objects.get().batch

    response = moderator_client.post(f"{QUEUE}take-back/", {"batch": batch}, **HTMX)

    page = response.content.decode()
    assert page.count('id="statement-2"') + page.count('data-card="2"') == 2
    assert page.count('value="2:2"') == 1


def test_what_was_decided_since_then_is_not_taken_back(
    moderator_client, conversation, three
):
    sweep(moderator_client, "accept:marked", statement=["1", "2"])
    batch = Decision.objects.first().batch
    moderator_client.post(f"{QUEUE}1/reject/", {"reason": "spam"})

    response = moderator_client.post(
        f"{QUEUE}take-back/", {"batch": batch}, follow=True
    )

    assert said(response)[-1] == (
        "Taken back: 1 statement is what it was before. 1 statement was decided on"
        " since then, and stays as it is."
    )
    assert [state for _n, state, _r in states(conversation)] == [
        "rejected",
        "pending",
        "pending",
    ]


@pytest.mark.parametrize("data", [{}, {"batch": "odd"}, {"batch": "x" * 99}])
def test_a_decision_that_is_not_there_is_not_taken_back(moderator_client, data):
    response = moderator_client.post(f"{QUEUE}take-back/", data)

    assert (response.status_code, response.context["error"].code) == (
        404,
        "no_such_decision",
    )
