"""The named limits: counted, told apart, and without an address anywhere."""

import uuid
from contextlib import suppress

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from deliberation import ratelimits
from deliberation.ratelimits import Limit, TooMany

# A window that cannot end while a test runs.
THREE = Limit("three", most=3, seconds=10**9)


@pytest.fixture
def source():
    return uuid.uuid4().hex


def counted_keys(limit):
    server = cache._cache.get_client()
    return sorted(key.decode() for key in server.scan_iter(f"*:limit:{limit}:*"))


def request_from(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def test_check_lets_as_many_through_as_the_limit_says(source):
    for _ in range(3):
        ratelimits.check(THREE, source)

    with pytest.raises(TooMany):
        ratelimits.check(THREE, source)


def let_through(limit, source, n_asked):
    n = 0
    for _ in range(n_asked):
        with suppress(TooMany):
            ratelimits.check(limit, source)
            n += 1
    return n


def test_counting_several_at_a_time_is_exact_within_a_process(source):
    limit = Limit("batch", most=10, seconds=10**9, at_a_time=4)

    assert let_through(limit, source, 30) == 10


def test_another_process_lets_less_than_one_batch_more_through(source):
    limit = Limit("batch", most=10, seconds=10**9, at_a_time=4)
    first = let_through(limit, source, 10)

    ratelimits.forget()

    assert first + let_through(limit, source, 30) < 10 + limit.at_a_time


def test_check_says_when_to_come_back(source):
    limit = Limit("none", most=0, seconds=60)

    with pytest.raises(TooMany) as refused:
        ratelimits.check(limit, source)

    wait = refused.value.params["retry_after"]
    assert 1 <= wait <= 60
    assert refused.value.http_status == 429
    assert str(refused.value) in {
        "That was a lot at once. Please try again in 1 second.",
        f"That was a lot at once. Please try again in {wait} seconds.",
    }


def test_check_counts_each_source_and_each_limit_by_itself(source):
    other = Limit("other", most=3, seconds=10**9)
    for _ in range(3):
        ratelimits.check(THREE, source)

    assert ratelimits.check(THREE, source + "-neighbour") is None
    assert ratelimits.check(other, source) is None


def test_check_forgets_what_it_counted(source):
    ratelimits.check(Limit("short", most=3, seconds=60), source)

    (key,) = counted_keys("short")
    assert 0 < cache._cache.get_client().ttl(key) <= 120


@pytest.mark.parametrize(("factor", "most"), [(1, 3), (5, 15)])
def test_check_multiplies_by_the_factor(settings, source, factor, most):
    settings.RATE_LIMIT_FACTOR = factor
    for _ in range(most):
        ratelimits.check(THREE, source)

    with pytest.raises(TooMany):
        ratelimits.check(THREE, source)


def test_check_counts_nothing_when_switched_off(settings, source):
    settings.RATE_LIMIT_FACTOR = 0

    ratelimits.check(Limit("none", most=0, seconds=60), source)

    assert counted_keys(source) == []


def test_check_lets_through_when_the_cache_is_away(settings, source, caplog):
    away = settings.CACHES["default"] | {"LOCATION": "unix:///nowhere.sock"}
    settings.CACHES = {"default": away}

    for _ in range(4):
        ratelimits.check(THREE, source)

    assert (
        caplog.messages == ["rate limit three was not counted: the cache is away"] * 4
    )


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.254", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("2001:db8:0:100::1", "2001:db8:0:1ff::1", True),
        ("2001:db8:0:100::1", "2001:db8:0:200::1", False),
        # An address of version 4 as a socket of version 6 tells it.
        ("::ffff:192.0.2.1", "192.0.2.9", True),
        ("::ffff:192.0.2.1", "::ffff:203.0.113.1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
    ],
)
def test_network_is_shared_by_neighbours_only(one, other, is_same):
    names = [ratelimits.network(request_from(address)) for address in (one, other)]

    assert (names[0] == names[1]) is is_same


@pytest.mark.parametrize("nonsense", ["", "unix:", "not an address"])
def test_network_without_an_address_is_one_for_all(nonsense):
    nameless = ratelimits.network(request_from("0.0.0.0"))

    assert ratelimits.network(request_from(nonsense)) == nameless


def test_network_changes_with_the_secret(settings):
    before = ratelimits.network(request_from("192.0.2.1"))
    settings.SECRET_KEY = "another-key-another-key-another-key-another"

    assert ratelimits.network(request_from("192.0.2.1")) != before


@pytest.mark.parametrize("source", ["203.0.113.77", "a-participants-code"])
def test_no_key_holds_an_address_or_a_code(source):
    ratelimits.check(Limit("secret", most=3, seconds=60), source)

    (key,) = counted_keys("secret")
    *_prefix, name, _window = key.split(":")
    assert len(name) == 32
    assert set(name) <= set("0123456789abcdef")
    assert source not in key


@pytest.mark.parametrize("source", ["maya@example.org", "a-participants-code"])
def test_no_process_keeps_an_address_or_a_code_in_mind(source):
    ratelimits.forget()

    ratelimits.check(Limit("secret", most=3, seconds=60, at_a_time=3), source)

    ((limit, name),) = ratelimits._counts
    assert (limit, len(name)) == ("secret", 32)
    assert set(name) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        # What a client made up stands to the left of what our proxy saw.
        (1, "203.0.113.5, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.5, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "198.51.100.7"),
        (1, "", "0.0.0.0"),
        (1, "unknown", "0.0.0.0"),
    ],
)
def test_forwarded_header_is_believed_from_our_proxies_only(
    settings, proxies, forwarded, believed
):
    settings.TRUSTED_PROXIES = proxies
    request = request_from("192.0.2.1", **{"X-Forwarded-For": forwarded})

    name = ratelimits.network(request)

    settings.TRUSTED_PROXIES = 0
    assert name == ratelimits.network(request_from(believed))


def test_a_network_has_another_name_in_every_conversation():
    request = request_from("203.0.113.7")
    here = ratelimits.network_here(request, "rivers")

    assert len(here) == 16
    assert here == ratelimits.network_here(request_from("203.0.113.99"), "rivers")
    assert here != ratelimits.network_here(request, "lakes")
    assert here != ratelimits.network_here(request_from("198.51.100.7"), "rivers")
