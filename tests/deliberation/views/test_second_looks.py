"""The page of second looks: blind, for others than who decided, and in plain words."""

import pytest

from deliberation.models import SecondLook
from tests.factories import (
    THEN,
    DecisionFactory,
    ModeratorFactory,
    SecondLookFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HERE = "/moderate/rivers/second-looks/"


@pytest.fixture
def look(conversation):
    statement = StatementFactory(
        conversation=conversation, number=7, text="Be kind.", state="rejected"
    )
    decision = DecisionFactory(
        statement=statement,
        kind="reject",
        reason="spam",
        decided_by=UserFactory(username="first-one"),
    )
    return SecondLookFactory(decision=decision)


def work(response):
    """What the page says, its frame aside."""
    return response.content.decode().partition("<h1>")[2]


def test_the_first_verdict_and_whose_it_is_are_hidden(moderator_client, look):
    response = moderator_client.get(HERE)

    said = work(response)
    assert response.context["look"] == look
    assert "Be kind." in said
    assert ("first-one" in said, "Rejected" in said, "badge" in said) == (False,) * 3


def test_who_decided_first_is_offered_nothing(client, conversation, look):
    me = look.decision.decided_by
    ModeratorFactory(conversation=conversation, user=me, role="moderator")
    client.force_login(me)

    response = client.get(HERE)

    assert (response.context["look"], response.context["n_waiting"]) == (None, 1)
    assert "1 waits for somebody who has not decided on it" in work(response)


def test_an_observer_sees_no_form(client, conversation, look):
    user = ModeratorFactory(conversation=conversation, role="observer").user
    client.force_login(user)

    assert "Be kind." not in work(client.get(HERE))


def test_a_verdict_is_stored_and_thanked_for(moderator_client, moderator, look):
    response = moderator_client.post(
        f"{HERE}{look.pk}/", {"verdict": "accepted"}, follow=True
    )

    stored = SecondLook.objects.get()
    assert (stored.verdict, stored.decided_by) == ("accepted", moderator)
    assert response.redirect_chain == [(HERE, 302)]
    assert [str(said) for said in response.context["messages"]] == [
        "Your verdict is stored; it changes nothing by itself."
    ]


def test_both_verdicts_are_shown_where_they_differ(moderator_client, look):
    look.verdict, look.decided_at = "accepted", THEN
    look.decided_by = UserFactory(username="second-one")
    look.save()

    response = moderator_client.get(HERE)

    said = work(response)
    assert list(response.context["page"]) == [look]
    assert said.index("first-one, first") < said.index("Rejected")
    assert said.index("second-one, second") < said.index("Accepted")
    assert "Advertising" in said or "spam" in said.casefold()


@pytest.mark.parametrize(
    "data", [{}, {"verdict": "maybe"}, {"verdict": "rejected", "reason": "x"}]
)
def test_what_is_no_verdict_is_refused_in_words(moderator_client, look, data):
    response = moderator_client.post(f"{HERE}{look.pk}/", data)

    assert response.status_code == 422
    assert SecondLook.objects.get().verdict == ""
    assert "field__error" in work(response)


@pytest.mark.parametrize(("pk", "status", "code"), [(0, 404, "no_such_second_look")])
def test_an_unknown_look_is_not_there(moderator_client, conversation, pk, status, code):
    response = moderator_client.post(f"{HERE}{pk}/", {"verdict": "accepted"})

    assert (response.status_code, response.context["error"].code) == (status, code)


def test_ones_own_decision_is_refused(client, conversation, look):
    me = look.decision.decided_by
    ModeratorFactory(conversation=conversation, user=me, role="moderator")
    client.force_login(me)

    response = client.post(f"{HERE}{look.pk}/", {"verdict": "accepted"})

    assert (response.status_code, response.context["error"].code) == (
        403,
        "second_look_at_your_own",
    )
