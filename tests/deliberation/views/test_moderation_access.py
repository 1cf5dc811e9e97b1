"""Who may see the moderators' pages and act on them: moderators, and nobody else."""

import pytest
from django.test import Client

from deliberation.models import AuditEvent, Statement
from tests.factories import StatementFactory

pytestmark = pytest.mark.django_db

QUEUE = "/moderate/rivers/"


@pytest.fixture
def pending(conversation):
    return StatementFactory(conversation=conversation, number=7, state="pending")


def state_of(statement):
    return Statement.objects.get(pk=statement.pk).state


PAGES = [QUEUE, "/moderate/rivers/constitution/"]
ACTS = [
    "seeds/",
    "open/",
    "close/",
    "statements/7/accept/",
    "statements/7/reject/",
    "constitution/fill/",
    "constitution/publish/",
    "constitution/1/reword/",
    "constitution/1/move/",
    "constitution/1/withdraw/",
]


@pytest.mark.parametrize("address", ["/moderate/", "/moderate/new/", *PAGES])
def test_anonymous_is_sent_to_sign_in(client, conversation, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == f"/sign-in/?next={address}"


@pytest.mark.parametrize("act", ACTS)
def test_anonymous_can_do_nothing(client, pending, act):
    response = client.post(QUEUE + act)

    assert response["Location"] == f"/sign-in/?next={QUEUE}{act}"
    assert (state_of(pending), AuditEvent.objects.count()) == ("pending", 0)


@pytest.mark.parametrize("address", PAGES)
def test_outsider_finds_nothing(outsider_client, conversation, address):
    response = outsider_client.get(address)

    assert response.status_code == 404
    assert str(response.context["error"]) == "There is no conversation at this address."


@pytest.mark.parametrize("act", ACTS)
def test_outsider_can_do_nothing(outsider_client, pending, act):
    response = outsider_client.post(QUEUE + act)

    assert response.status_code == 404
    assert (state_of(pending), AuditEvent.objects.count()) == ("pending", 0)


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_never_done_by_a_link(moderator_client, pending, act):
    assert moderator_client.get(QUEUE + act).status_code == 405
    assert (state_of(pending), AuditEvent.objects.count()) == ("pending", 0)


def test_form_without_a_token_is_refused(moderator, pending):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)

    response = client.post(QUEUE + "statements/7/accept/")

    assert (response.status_code, state_of(pending)) == (403, "pending")
