"""A refusal becomes a page with its own status, or a fragment for htmx."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from deliberation import middleware
from deliberation.actions.voting import ConversationClosed
from deliberation.ratelimits import TooMany

CLOSED = "This conversation is closed, so nothing more can be stored."


def request(**headers):
    made = RequestFactory().get("/", headers=headers)
    made.htmx = HtmxDetails(made)
    made.resolver_match = None
    return made


@pytest.fixture
def refusals():
    return middleware.Refusals(lambda _request: None)


def test_refusal_is_a_page_with_the_sentence_and_its_status(client, db):
    response = client.get("/c/nowhere/")

    assert response.status_code == 404
    assert [t.name for t in response.templates][0] == "error.html"
    assert str(response.context["error"]) == (
        "There is no conversation at this address."
    )


def test_refusal_is_a_fragment_for_htmx(client, db):
    response = client.get("/c/nowhere/", headers={"HX-Request": "true"})

    assert response.status_code == 404
    assert [t.name for t in response.templates] == ["components/refusal.html"]
    assert response.content.decode().count("<html") == 0


def test_refusal_keeps_its_own_status(refusals):
    response = refusals.process_exception(request(), ConversationClosed())

    assert response.status_code == 409
    assert response.content.decode().count(f"<p>{CLOSED}</p>") == 1
    assert "Retry-After" not in response


def test_refusal_says_when_to_come_back(refusals):
    response = refusals.process_exception(request(), TooMany(retry_after=17))

    sentence = "That was a lot at once. Please try again in 17 seconds."
    assert (response.status_code, response["Retry-After"]) == (429, "17")
    assert response.content.decode().count(f"<p>{sentence}</p>") == 1


def test_refusal_shows_what_people_wrote_as_text(refusals):
    class Quoting(ConversationClosed):
        message = "No: %(words)s."

    response = refusals.process_exception(request(), Quoting(words="<b>&</b>"))

    assert "<p>No: &lt;b&gt;&amp;&lt;/b&gt;.</p>" in response.content.decode()


def test_an_error_of_ours_is_not_hidden_as_a_refusal(refusals):
    assert refusals.process_exception(request(), ValueError("a bug")) is None


def test_foreign_host_is_a_bad_request_and_no_error_of_ours(client):
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert response.context["error"].code == "bad_request"


@pytest.mark.parametrize(("n_announced", "is_cut_off"), [(90, True), (14, False)])
def test_form_that_arrives_in_part_is_told_from_a_whole_one(n_announced, is_cut_off):
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD="POST", CONTENT_LENGTH=str(n_announced)
    )
    environ["wsgi.input"] = BytesIO(b"text=Half+of+a")

    assert middleware.is_cut_off(WSGIRequest(environ)) == is_cut_off


def test_address_of_a_form_opened_by_hand_says_so(client, conversation):
    response = client.get("/c/rivers/votes/undo/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert response.context["error"].code == "wrong_method"
