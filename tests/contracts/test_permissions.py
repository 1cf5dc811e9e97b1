"""Every address for moderators, and who gets through.

The table is held against urls.py: a new address without an entry fails.
"""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import get_resolver, reverse

from deliberation.models import AuditEvent, Moderator
from tests.contracts.permission_table import (
    ACTS,
    FILES,
    FOR_ACCOUNTS,
    NEW,
    PAGES,
    TABLE,
    Act,
    allowed,
    refused,
)
from tests.contracts.permission_world import address, rivers
from tests.factories import (
    ConversationFactory,
    ModeratorFactory,
    SavedViewFactory,
)

pytestmark = pytest.mark.django_db


def moderators_addresses():
    """The names in urls.py under moderate/."""
    found = get_resolver().reverse_dict
    return {
        name
        for name in found
        if isinstance(name, str)
        for (pattern, _names), *_rest in found.getlist(name)[0][:1]
        if pattern.startswith("moderate/")
    }


@pytest.fixture(name="rivers")
def the_rivers():
    return rivers()


def signed_in(conversation, role, **kwargs):
    client = Client(**kwargs)
    user = ModeratorFactory(conversation=conversation, role=role).user
    SavedViewFactory(conversation=conversation, user=user, name="Mine")
    client.force_login(user)
    return client


def events():
    """All but the drafting that made the fixture."""
    actions = AuditEvent.objects.exclude(by_id=None).order_by("id")
    return list(actions.values_list("action", flat=True))


def test_the_table_holds_every_moderators_address():
    assert moderators_addresses() == TABLE.keys() | FOR_ACCOUNTS.keys()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*TABLE, *FOR_ACCOUNTS])
def test_anonymous_is_sent_to_sign_in_and_changes_nothing(rivers, client, name, method):
    where = address(name, rivers)

    response = getattr(client, method)(where)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('sign-in')}?next={where}"
    assert events() == []


@pytest.mark.parametrize("name", TABLE)
def test_outsider_finds_nothing_and_changes_nothing(rivers, outsider_client, name):
    entry, where = TABLE[name], address(name, rivers)

    if isinstance(entry, Act):
        response = outsider_client.post(where, entry.data)
    else:
        response = outsider_client.get(where)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "conversation_not_found")
    assert events() == []


@pytest.mark.parametrize("name", TABLE)
def test_moderator_of_another_conversation_is_an_outsider(rivers, name):
    client = signed_in(ConversationFactory(), Moderator.Role.OWNER)
    entry, where = TABLE[name], address(name, rivers)

    response = client.post(where, getattr(entry, "data", {}))

    assert (response.status_code, events()) in [(404, []), (405, [])]


@pytest.mark.parametrize(("role", "name"), allowed(PAGES))
def test_a_role_with_the_right_reads_the_page(rivers, role, name):
    response = signed_in(rivers, role).get(address(name, rivers))

    assert (response.status_code, response.context["conversation"]) == (200, rivers)
    assert events() == []


@pytest.mark.parametrize(("role", "name"), allowed(FILES))
def test_a_role_with_the_right_gets_the_file(rivers, role, name):
    response = signed_in(rivers, role).get(address(name, rivers))

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert events() == []


@pytest.mark.parametrize(("role", "name"), allowed(ACTS))
def test_a_role_with_the_right_acts_and_it_is_on_record(rivers, role, name):
    act, where = ACTS[name], address(name, rivers)
    rivers.state = act.state
    rivers.save(update_fields=["state"])

    client = signed_in(rivers, role)
    user = int(client.session[SESSION_KEY])
    response = client.post(where, act.data)

    assert (response.status_code, events()) == (302, [act.event])
    assert AuditEvent.objects.latest("id").by_id == user


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("role", "name"), refused(TABLE))
def test_a_role_without_the_right_is_told_so(rivers, role, name, method):
    data = getattr(TABLE[name], "data", {})

    response = getattr(signed_in(rivers, role), method)(address(name, rivers), data)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "not_your_role")
    assert events() == []


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_not_links(rivers, name):
    response = signed_in(rivers, Moderator.Role.OWNER).get(address(name, rivers))

    assert (response.status_code, response["Allow"], events()) == (405, "POST", [])


@pytest.mark.parametrize("name", [*ACTS, "create-conversation"])
def test_acts_are_refused_without_a_form_of_ours(rivers, name):
    client = signed_in(rivers, Moderator.Role.OWNER, enforce_csrf_checks=True)
    entry = (TABLE | FOR_ACCOUNTS)[name]

    response = client.post(address(name, rivers), entry.data)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "form_expired")
    assert events() == []


def test_everybody_with_an_account_has_a_list_of_her_own(rivers, outsider_client):
    response = outsider_client.get(reverse("moderate"))

    assert (response.status_code, list(response.context["page"])) == (200, [])


def test_everybody_with_an_account_may_open_a_conversation(outsider_client):
    response = outsider_client.post(reverse("create-conversation"), NEW)

    assert response["Location"] == reverse("setup-step", args=["lakes", "words"])
    assert events() == ["conversations.create"]
    assert Moderator.objects.get().role == Moderator.Role.OWNER
