"""Signed links: who is meant, for whom they are good, and until when."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest

from deliberation import links

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = str(int((NOW + timedelta(days=30)).timestamp()))
SECRET = "a-secret-of-the-host"  # noqa: S105 - of this test


def signed(external_id="person-17", until=LATER, slug="rivers", secret=SECRET):
    sig = links.signature(external_id, until, slug=slug, secret=secret)
    return links.SignedLink(external_id, until, sig)


def digest(link, slug="rivers", secret=SECRET, now=NOW):
    return links.digest(link, slug=slug, secret=secret, now=now)


def test_signature_is_what_the_documentation_says():
    # printf 'rivers\n1775044800\nperson-17' | openssl dgst -sha256 -hmac <secret>
    sig = links.signature("person-17", "1775044800", slug="rivers", secret=SECRET)

    assert sig == "1a50d61be7ae509e179b3a32fe1e204e8c55519196a22771e8b78c2a0bccf528"


def test_digest_is_the_same_for_the_same_person_whatever_the_link():
    sooner = str(int(LATER) - 1)

    digests = {
        digest(signed()),
        digest(signed(until=sooner)),
        digest(signed(secret="another"), secret="another"),
    }

    assert len(digests) == 1


def test_digest_tells_people_and_conversations_apart():
    digests = {
        digest(signed()),
        digest(signed(external_id="person-18")),
        digest(signed(slug="lakes"), slug="lakes"),
    }

    assert len(digests) == 3


def test_digest_holds_nothing_of_the_id(settings):
    ours = digest(signed())
    settings.SECRET_KEY = "another-key-of-the-server" * 2

    assert digest(signed()) != ours
    assert (len(ours), "person" in ours) == (30, False)


def test_link_is_found_as_it_was_put_into_an_address():
    link = signed(external_id="Zoë & Söhne/7=x+1")

    assert links.found(dict(parse_qsl(link.query))) == link


def test_address_without_a_link_has_none():
    assert links.found({"until": LATER, "goal": "1"}) is None


@pytest.mark.parametrize(
    "link",
    [
        links.SignedLink("person-18", LATER, signed().signature),
        links.SignedLink("person-17", str(int(LATER) + 1), signed().signature),
        links.SignedLink("person-17", LATER, "0" * 64),
        links.SignedLink("person-17", LATER, signed().signature[:-1]),
        links.SignedLink("person-17", LATER, ""),
        links.SignedLink("person-17", "", signed().signature),
        links.SignedLink("", LATER, signed(external_id="").signature),
        links.SignedLink("person-17", "٣" * 10, signed(until="٣" * 10).signature),
        links.SignedLink("a\nb", LATER, signed(external_id="a\nb").signature),
        links.SignedLink("x" * 201, LATER, signed(external_id="x" * 201).signature),
        signed(slug="lakes"),
        signed(secret="guessed"),
    ],
    ids=lambda link: f"{link.external_id[:10]!r}-{link.until[:5]}-{link.signature[:5]}",
)
def test_changed_or_stolen_link_is_not_recognised(link):
    with pytest.raises(links.LinkNotRecognised):
        digest(link)


def test_conversation_without_a_secret_recognises_no_link():
    with pytest.raises(links.LinkNotRecognised):
        digest(signed(secret=""), secret="")


def test_link_is_good_to_its_last_second():
    link = signed(until=str(int(NOW.timestamp())))

    assert digest(link) == digest(signed())
    with pytest.raises(links.LinkExpired):
        digest(link, now=NOW + timedelta(seconds=1))
