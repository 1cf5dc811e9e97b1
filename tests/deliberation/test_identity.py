"""The participant's signed code on its way out and back, and whose forms are taken."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from deliberation import identity

SLUG = "rivers"
OURS = "http://testserver"
OTHERS = "https://elsewhere.example"


def posted(*, cookie=None, field=None, slug=SLUG, **headers):
    data = {} if field is None else {identity.FIELD: field}
    request = RequestFactory().post(f"/c/{slug}/votes/", data, headers=headers)
    if cookie is not None:
        request.COOKIES[f"participant_{slug}"] = cookie
    return request


def written_cookie(code="a-code"):
    response = identity.write(HttpResponse(), code, SLUG)
    return response.cookies[f"participant_{SLUG}"]


def test_new_code_is_another_each_time_and_fits_its_column():
    codes = {identity.new_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert {len(code) for code in codes} == {24}


def test_read_of_nothing_is_nothing():
    assert identity.read(posted(), SLUG) is None


def test_read_finds_the_code_a_form_carries():
    request = posted(field=identity.sign("a-code", SLUG))

    assert identity.read(request, SLUG) == "a-code"


def test_read_finds_the_code_in_the_cookie_that_was_written():
    request = posted(cookie=written_cookie("a-code").value)

    assert identity.read(request, SLUG) == "a-code"


def test_read_believes_the_cookie_before_the_form():
    request = posted(
        cookie=identity.sign("who-voted", SLUG), field=identity.sign("newcomer", SLUG)
    )

    assert identity.read(request, SLUG) == "who-voted"


@pytest.mark.parametrize("where", ["cookie", "field"])
@pytest.mark.parametrize(
    "signed",
    [
        "a-code",
        "a-code:",
        ":",
        "another" + identity.sign("a-code", SLUG),
        identity.sign("a-code", SLUG) + "x",
        identity.sign("a-code", SLUG)[:-1],
        identity.sign("a-code", "another-conversation"),
        "é\x00:é",
    ],
)
def test_read_refuses_a_code_we_did_not_sign_for_this_conversation(where, signed):
    request = posted(**{where: signed})

    with pytest.raises(identity.CodeNotRecognised) as refused:
        identity.read(request, SLUG)

    assert refused.value.http_status == 400


def test_a_code_of_another_key_is_refused(settings):
    signed = identity.sign("a-code", SLUG)
    settings.SECRET_KEY = "another-key-another-key-another-key-another"

    with pytest.raises(identity.CodeNotRecognised):
        identity.read(posted(field=signed), SLUG)


@pytest.mark.parametrize("https", [True, False])
def test_cookie_is_of_one_conversation_and_out_of_reach_of_scripts(settings, https):
    settings.HTTPS = https

    cookie = written_cookie()

    flags = ("path", "httponly", "samesite", "max-age", "domain")
    assert [cookie[flag] for flag in flags] == [
        "/c/rivers/",
        True,
        "Lax",
        400 * 24 * 3600,
        "",
    ]
    assert bool(cookie["secure"]) is https


def test_forget_deletes_the_cookie_where_it_was_written():
    response = identity.forget(HttpResponse(), SLUG)

    cookie = response.cookies["participant_rivers"]
    assert (cookie.value, cookie["max-age"], cookie["path"]) == ("", 0, "/c/rivers/")


@pytest.mark.parametrize(
    ("site", "origin", "is_taken"),
    [
        # The browser's own word goes first.
        ("same-origin", OURS, True),
        ("same-origin", OTHERS, True),
        ("same-origin", None, True),
        ("none", None, True),
        ("same-site", OURS, False),
        ("same-site", None, False),
        ("cross-site", OURS, False),
        ("cross-site", OTHERS, False),
        ("cross-site", None, False),
        ("", None, False),
        ("made-up", OURS, False),
        # A browser that says nothing of the site tells the origin.
        (None, OURS, True),
        (None, "https://testserver", True),
        (None, OTHERS, False),
        (None, "http://testserver.elsewhere.example", False),
        (None, "http://testserver:8000", False),
        (None, "null", False),
        (None, "", False),
        (None, "http://[", False),
        (None, None, True),
    ],
)
def test_refuse_cross_site_goes_by_what_the_browser_says(site, origin, is_taken):
    said = {"Sec-Fetch-Site": site, "Origin": origin}
    request = posted(**{name: v for name, v in said.items() if v is not None})

    if is_taken:
        assert identity.refuse_cross_site(request) is None
    else:
        with pytest.raises(identity.CrossSite):
            identity.refuse_cross_site(request)


def test_refuse_cross_site_knows_a_port():
    request = RequestFactory().post(
        "/", headers={"Host": "localhost:8000", "Origin": "http://localhost:8000"}
    )

    assert identity.refuse_cross_site(request) is None
