"""Pages for what Django itself refuses, and for what breaks."""

from django.test import Client, RequestFactory

from deliberation.views import errors


def test_unknown_address_is_a_page_that_says_so(client: Client, db: None) -> None:
    response = client.get("/nowhere/")

    html = response.content.decode()
    assert response.status_code == 404
    assert "There is nothing at this address." in html
    assert html.count("<h1>") == 1


def test_broken_page_says_so_without_the_request(rf: RequestFactory) -> None:
    response = errors.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_expired_form_is_a_page_that_says_so(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/sign-in/", {"username": "ada", "password": "x"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
