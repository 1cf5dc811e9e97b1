"""The screen in a room: the way in and numbers, and nobody's data."""

from deliberation.models import Conversation
from tests import factories
from tests.deliberation.judgements import analysed


def seen(client) -> str:
    return client.get("/c/rivers/room/").context["board"].version


def drawn(conversation):
    """A run with two groups and a map."""
    run = analysed(conversation, A=10, B=10)
    dots = [{"x": x, "y": 0.0, "size": 10, "group": g} for x, g in ((0, "A"), (1, "B"))]
    run.summary["dots"] = dots
    run.save()
    return run


def test_screen_shows_question_short_address_and_numbers(client, conversation):
    factories.VoteFactory(conversation=conversation)

    page = client.get("/c/rivers/room/").content.decode()

    assert f"testserver/j/{conversation.short_code}/" in page
    assert conversation.question in page
    assert 'src="/c/rivers/qr.svg"' in page
    assert page.count("<dd>1</dd>") == 3


def test_pulse_is_silent_until_something_is_new(client, conversation):
    version = seen(client)
    before = client.get("/c/rivers/room/pulse/", {"seen": version})
    factories.VoteFactory(conversation=conversation)
    after = client.get("/c/rivers/room/pulse/", {"seen": version})

    assert (before.status_code, before.content) == (204, b"")
    assert after.status_code == 200
    assert "<html" not in after.content.decode()
    assert after.context["board"].version != version


def test_pulse_tells_that_voting_is_over(client, conversation):
    version = seen(client)
    conversation.state = Conversation.State.CLOSED
    conversation.save()

    page = client.get("/c/rivers/room/pulse/", {"seen": version}).content.decode()

    assert "Voting is over." in page


def test_map_is_there_with_groups(client, conversation):
    without = client.get("/c/rivers/room/").content.decode()
    drawn(conversation)
    with_groups = client.get("/c/rivers/room/").content.decode()

    assert ("map__drawing" in without, "map__drawing" in with_groups) == (False, True)


def test_map_is_not_shown_while_results_are_hidden(client, conversation):
    drawn(conversation)
    conversation.results = Conversation.Results.AFTER_CLOSE
    conversation.save()

    assert client.get("/c/rivers/room/").context["board"].map is None


def test_screen_sets_no_cookie_and_knows_nobody(participant_client, conversation):
    response = participant_client.get("/c/rivers/room/")

    assert dict(response.cookies) == {}
    assert "data-participant" not in response.content.decode()


def test_screen_of_a_draft_is_not_there(client, conversation):
    conversation.state = Conversation.State.DRAFT
    conversation.save()

    for path in ("room/", "room/pulse/", "qr.svg"):
        assert client.get(f"/c/rivers/{path}").status_code == 404
