"""The page of the team: who is in it, new links, and what is said of changes."""

from deliberation.models import Invitation, Moderator
from tests.factories import ModeratorFactory

NEW = {"role": "observer", "label": "Ada of the library", "days": "3"}


def test_the_page_lists_members_and_for_owners_the_ways_to_change(
    conversation, moderator_client
):
    member = ModeratorFactory(conversation=conversation, user__username="ada")

    html = moderator_client.get("/moderate/rivers/team/").content.decode()

    assert "<bdi>ada</bdi>" in html
    assert f"/moderate/rivers/team/{member.pk}/role/" in html
    assert "Invite somebody" in html


def test_others_see_the_list_alone(conversation, client):
    member = ModeratorFactory(conversation=conversation, role="moderator")
    client.force_login(member.user)

    response = client.get("/moderate/rivers/team/")

    html = response.content.decode()
    assert response.context["invitations"] == []
    assert ("Invite somebody" in html, "<select" in html) == (False, False)
    assert "/moderate/rivers/team/leave/" in html


def test_a_new_link_is_shown_once_and_to_whoever_made_it(
    conversation, moderator_client, client
):
    made = moderator_client.post("/moderate/rivers/team/invite/", NEW)
    other = ModeratorFactory(conversation=conversation, role="owner")
    client.force_login(other.user)

    shown = moderator_client.get("/moderate/rivers/team/")
    again = moderator_client.get("/moderate/rivers/team/")

    assert made["Location"] == "/moderate/rivers/team/#new-link"
    assert shown.context["link"].startswith("http://testserver/invitation/")
    assert client.get(shown.context["link"]).status_code == 200
    links = again.context["link"], client.get("/moderate/rivers/team/").context["link"]
    assert links == ("", "")


def test_a_form_with_mistakes_comes_back_with_them(conversation, moderator_client):
    data = {"role": "king", "label": "", "days": "900"}

    response = moderator_client.post("/moderate/rivers/team/invite/", data)

    form = response.context["form"]
    assert (response.status_code, sorted(form.errors)) == (
        422,
        ["days", "label", "role"],
    )
    assert Invitation.objects.count() == 0


def test_a_role_that_does_not_exist_changes_nothing(conversation, moderator_client):
    member = ModeratorFactory(conversation=conversation)
    where = f"/moderate/rivers/team/{member.pk}/role/"

    response = moderator_client.post(where, {"role": "king"}, follow=True)

    assert "There is no such role, so nothing was changed." in response.content.decode()
    assert Moderator.objects.get(pk=member.pk).role == "moderator"


def test_the_last_owner_is_told_why_she_stays(conversation, moderator_client):
    response = moderator_client.post("/moderate/rivers/team/leave/")

    assert response.status_code == 409
    assert "is the only owner, and a conversation needs one." in str(
        response.context["error"]
    )
    assert Moderator.objects.count() == 1


def test_whoever_left_does_not_find_the_conversation_any_more(
    conversation, moderator_client
):
    ModeratorFactory(conversation=conversation, role="owner")

    response = moderator_client.post("/moderate/rivers/team/leave/")

    assert response["Location"] == "/moderate/"
    assert moderator_client.get("/moderate/rivers/team/").status_code == 404
