"""News by e-mail: asking, confirming, leaving."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.actions import news
from deliberation.models import Conversation, Subscription
from tests import factories

ADDRESS = "reader@example.org"


@pytest.fixture
def subscription(conversation: Conversation) -> Subscription:
    return factories.SubscriptionFactory(
        conversation=conversation, email=ADDRESS, asked_at=timezone.now()
    )


def ask(client: Client, email: str = ADDRESS, **headers: str) -> HttpResponse:
    return client.post(reverse("news", args=["rivers"]), {"email": email}, **headers)


def link(name: str, subscription: Subscription) -> str:
    return reverse(name, args=["rivers", subscription.token])


def known() -> list[str]:
    return list(Subscription.objects.values_list("email", flat=True))


# --- Asking --------------------------------------------------------------------------


def test_asking_stores_the_address_and_nothing_of_the_browser(
    client: Client, conversation: Conversation
) -> None:
    response = ask(client, "Reader@Example.org")

    assert response["Location"] == "/c/rivers/news/?asked=1"
    assert (response.status_code, known()) == (303, [ADDRESS])
    assert response.cookies == {}


@pytest.mark.parametrize("confirmed_at", [None, factories.THEN])
def test_the_answer_is_the_same_for_a_known_address(
    client: Client, subscription: Subscription, confirmed_at: object
) -> None:
    Subscription.objects.update(confirmed_at=confirmed_at)

    known_one, new_one = ask(client), ask(client, "new@example.org")

    def said(response: HttpResponse) -> tuple[object, ...]:
        return response.status_code, response["Location"], response.content

    assert said(known_one) == said(new_one)


def test_an_address_that_is_asked_for_too_often_is_written_to_no_more(
    client: Client, conversation: Conversation
) -> None:
    for _ in range(3):
        ask(client)
    Subscription.objects.all().delete()

    response = ask(client)

    assert (response.status_code, known()) == (303, [])


def test_one_network_asks_so_often_and_no_more(
    client: Client, conversation: Conversation
) -> None:
    for n in range(60):
        ask(client, f"reader-{n}@example.org")

    response = ask(client)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (429, "too_many_requests")
    assert len(known()) == 60


@pytest.mark.parametrize(
    "email",
    [
        "",
        "reader",
        "reader@example",
        "a@example.org, b@example.org",
        "a@example.org\nBcc: b@example.org",
        f"{'a' * 250}@example.org",
    ],
)
def test_what_is_no_address_is_told_so(
    client: Client, conversation: Conversation, email: str
) -> None:
    response = ask(client, email)

    assert (response.status_code, known()) == (422, [])
    assert len(response.context["form"].errors["email"]) >= 1


def test_another_site_asks_for_nobody(
    client: Client, conversation: Conversation
) -> None:
    response = ask(client, headers={"Sec-Fetch-Site": "cross-site"})

    refusal = response.context["error"]
    assert (response.status_code, refusal.code, known()) == (403, "cross_site", [])


# --- Confirming ----------------------------------------------------------------------


def test_opening_the_link_confirms_nothing(
    client: Client, subscription: Subscription
) -> None:
    response = client.get(link("confirm-news", subscription))

    subscription.refresh_from_db()
    assert (response.status_code, subscription.confirmed_at) == (200, None)


def test_the_button_behind_the_link_confirms(
    client: Client, subscription: Subscription
) -> None:
    response = client.post(link("confirm-news", subscription))

    subscription.refresh_from_db()
    assert (response.status_code, subscription.confirmed_at is None) == (200, False)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_not_known_confirms_nothing(
    client: Client, conversation: Conversation, method: str
) -> None:
    where = reverse("confirm-news", args=["rivers", "invented"])

    response = getattr(client, method)(where)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "link_unknown")


# --- Leaving -------------------------------------------------------------------------


def test_opening_the_link_to_leave_changes_nothing(
    client: Client, subscription: Subscription
) -> None:
    response = client.get(link("leave-news", subscription))

    assert (response.status_code, known()) == (200, [ADDRESS])


def test_a_mail_program_leaves_by_one_click(subscription: Subscription) -> None:
    program = Client(enforce_csrf_checks=True)
    one_click = {"List-Unsubscribe": "One-Click"}

    response = program.post(link("leave-news", subscription), one_click)

    assert (response.status_code, known()) == (200, [])


def test_leaving_twice_says_the_same(
    client: Client, subscription: Subscription
) -> None:
    first = client.post(link("leave-news", subscription))
    second = client.post(link("leave-news", subscription))

    assert (first.status_code, first.content) == (200, second.content)


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_who_is_on_a_list_may_leave_it_in_every_state(
    client: Client, subscription: Subscription, state: str
) -> None:
    Conversation.objects.update(state=state)

    client.post(link("leave-news", subscription))

    assert known() == []


def test_the_link_to_leave_is_the_one_of_its_conversation(
    subscription: Subscription,
) -> None:
    news.leave(slug="lakes", token=subscription.token)

    assert known() == [ADDRESS]
