"""The page on which a copy is made."""

import pytest

from deliberation.models import Conversation

pytestmark = pytest.mark.django_db
PAGE = "/moderate/rivers/copy/"


def test_an_address_that_is_free_is_suggested(moderator_client):
    page = moderator_client.get(PAGE)

    assert page.context["form"]["slug"].value() == "rivers-2"


def test_copy_leads_to_its_set_up(moderator_client):
    response = moderator_client.post(f"{PAGE}make/", {"slug": "lakes"})

    assert response["Location"] == "/moderate/lakes/setup/"
    assert Conversation.objects.get(slug="lakes").state == "draft"


@pytest.mark.parametrize(
    ("slug", "status", "sentence"),
    [
        ("rivers", 409, "There is a conversation at the address “rivers” already."),
        ("new", 422, "“new” is an address of this site; choose another."),
        ("", 422, "This field is required."),
    ],
)
def test_copy_at_an_impossible_address_is_refused(
    moderator_client, slug, status, sentence
):
    response = moderator_client.post(f"{PAGE}make/", {"slug": slug})

    assert response.status_code == status
    assert response.context["form"].errors == {"slug": [sentence]}
    assert Conversation.objects.count() == 1
