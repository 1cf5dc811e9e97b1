"""Who asks: its name, its colour in both schemes, its logo, and what is refused."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from deliberation.models import AuditEvent, Logo

pytestmark = pytest.mark.django_db

PAGE = "/moderate/rivers/branding/"
CHANGE = "/moderate/rivers/branding/change/"


def upload(name="logo.png", size=(300, 100)):
    data = io.BytesIO()
    Image.new("RGB", size, "#0033aa").save(data, format="PNG")
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/png")


def errors(response):
    return [e for found in response.context["form"].errors.values() for e in found]


def test_name_colour_and_logo_are_shown_on_the_cover(moderator_client, client):
    given = {"host_name": "The city", "accent": "#0033AA", "logo": upload()}

    moderator_client.post(CHANGE, given)

    logo = Logo.objects.get()
    page = client.get("/c/rivers/").content.decode()
    assert "Asked by The city" in page
    assert 'href="/colour/0033aa.css"' in page
    assert f'src="/c/rivers/logo/{logo.digest}.png"' in page
    assert 'width="300" height="100"' in page


def test_without_any_of_it_a_page_asks_for_nothing(client, conversation):
    page = client.get("/c/rivers/").content.decode()

    assert "/colour/" not in page
    assert "Asked by" not in page
    assert "/logo/" not in page


def test_the_colour_is_a_stylesheet_for_both_schemes(client, db):
    response = client.get("/colour/0033aa.css")

    rules = response.content.decode()
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert rules.startswith(":root { --accent: #0033aa;")
    assert "@media (prefers-color-scheme: dark)" in rules


@pytest.mark.parametrize("digits", ["ffff00", "zzzzzz", "fff", "0033aa0"])
def test_no_other_colour_has_a_stylesheet(client, db, digits):
    assert client.get(f"/colour/{digits}.css").status_code == 404


def test_the_logo_is_sent_as_a_picture_that_runs_nothing(moderator_client, client):
    moderator_client.post(CHANGE, {"logo": upload()})
    logo = Logo.objects.get()

    response = client.get(f"/c/rivers/logo/{logo.digest}.png")

    assert response["Content-Type"] == "image/png"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.content == bytes(logo.png)


def test_an_unknown_logo_is_not_found(client, conversation):
    response = client.get("/c/rivers/logo/0123456789abcdef.png")

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "no_such_logo")


def test_the_logo_stays_until_it_is_taken_away(moderator_client):
    moderator_client.post(CHANGE, {"logo": upload()})
    moderator_client.post(CHANGE, {"host_name": "The city"})
    kept = Logo.objects.count()
    moderator_client.post(CHANGE, {"host_name": "The city", "without_logo": "on"})

    changes = [e.details["changes"] for e in AuditEvent.objects.order_by("id")]
    assert (kept, Logo.objects.count()) == (1, 0)
    assert [sorted(change) for change in changes] == [["logo"], ["host_name"], ["logo"]]


def test_what_is_as_it_was_is_not_on_record(moderator_client):
    for _ in range(2):
        moderator_client.post(CHANGE, {"host_name": "The city", "logo": upload()})

    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"accent": "red"},
            "Write the colour as a # and six digits, like #74224a.",
        ),
        (
            {"accent": "#ffff00"},
            "#ffff00 is too light to be read (its contrast is 1.1; 4.5 is needed)."
            " The nearest that will do is #6e6e00.",
        ),
        (
            {"host_name": "x" * 81},
            "Ensure this value has at most 80 characters (it has 81).",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(moderator_client, given, sentence):
    response = moderator_client.post(CHANGE, given)

    assert (response.status_code, errors(response)) == (422, [sentence])
    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "This is no picture that we can read: send a PNG, JPEG or WebP.",
        ),
        (
            b"\x89PNG" + b"\0" * 1_000_000,
            "This picture is too large: at most 1 MB and 16 million pixels.",
        ),
    ],
    ids=["svg", "large"],
)
def test_a_logo_that_is_none_is_refused(moderator_client, content, sentence):
    picture = SimpleUploadedFile("logo.png", content, content_type="image/png")

    response = moderator_client.post(CHANGE, {"logo": picture, "host_name": "The city"})

    assert (response.status_code, errors(response)) == (422, [sentence])
    assert (Logo.objects.count(), AuditEvent.objects.count()) == (0, 0)
