"""Alerts as moderators see them, and nobody else."""

import pytest

from tests.factories import THEN, AlertFactory

pytestmark = pytest.mark.django_db

HOME = "/moderate/rivers/"
FLAT = {"signs": ["draws"], "n_draws": 1200, "p_even": 0.97, "divergence": 0.01}


@pytest.fixture
def alert(conversation):
    return AlertFactory(conversation=conversation, details=FLAT)


def test_an_alert_stands_above_the_queue_with_its_figures(moderator_client, alert):
    page = moderator_client.get(HOME).content.decode()

    assert "Statements are shown as if by chance" in page
    assert "1,200 statements were dealt in one day, 97% of them as any other" in page
    assert "Noticed on March 1, 2026" in page
    assert "the same priority" not in page


def test_an_alert_of_what_is_stored_has_figures_of_its_own(moderator_client, alert):
    alert.details = {"signs": ["stored"], "n_statements": 12}
    alert.save()

    page = moderator_client.get(HOME).content.decode()

    assert "gives all 12 statements the same priority" in page
    assert "dealt in one day" not in page


def test_the_list_marks_a_conversation_with_an_alert(moderator_client, alert):
    AlertFactory()

    page = moderator_client.get("/moderate/").content.decode()

    assert page.count("Statements are shown as if by chance") == 1


@pytest.mark.parametrize("address", [HOME, "/moderate/"])
def test_an_alert_that_has_ended_is_not_shown(moderator_client, alert, address):
    alert.ended_at = THEN
    alert.save()

    page = moderator_client.get(address).content.decode()

    assert "as if by chance" not in page


@pytest.mark.parametrize(
    "address", ["/", "/c/rivers/", "/c/rivers/vote/", "/c/rivers/results/", HOME]
)
def test_only_moderators_see_an_alert(client, outsider_client, alert, address):
    for browser in (client, outsider_client):
        page = browser.get(address, follow=True).content.decode()

        assert "as if by chance" not in page
