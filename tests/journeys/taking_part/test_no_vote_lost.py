"""The network goes away, or cuts answers off: no vote is lost, and none is double."""

from playwright.sync_api import Browser, expect

from tests.cutting import cutting_proxy
from tests.stack import Stack
from tests.voter import Voter

N_VOTES = 200
GOAL = 25
SHARE, SEED = 0.1, 20261122


def test_votes_of_a_dead_spot_arrive_in_order(
    stack: Stack, browser: Browser, village: str
) -> None:
    voter = Voter(browser, stack, village)
    page = voter.begin()
    voter.choose("Agree")
    voter.all_through()

    voter.context.set_offline(True)
    for choice in ("Disagree", "Agree", "Pass"):
        voter.choose(choice)
    expect(page.get_by_text("Waiting in this browser: 3.").first).to_be_visible()
    voter.expect_progress(f"4 of {GOAL}")
    assert voter.stored == voter.cast[:1]
    voter.check()
    voter.context.set_offline(False)

    expect(page.get_by_text("All your votes are through.").first).to_be_visible()
    voter.all_through()
    assert voter.stored == voter.cast
    assert voter.other_hosts == set()


def test_votes_of_a_dead_spot_outlive_the_page(
    stack: Stack, browser: Browser, village: str
) -> None:
    """The very first votes, cast offline; the page is closed, and opened again."""
    voter = Voter(browser, stack, village)
    voter.begin()
    voter.context.set_offline(True)
    for choice in ("Pass", "Agree", "Disagree"):
        voter.choose(choice)
    voter.page.close()
    voter.context.set_offline(False)

    voter.page = voter.context.new_page()
    voter.page.goto(f"{stack.base}c/{village}/vote/")
    voter.all_through()

    assert voter.stored == voter.cast
    voter.expect_progress(f"3 of {GOAL}")


def test_votes_survive_answers_that_are_cut_off(
    stack: Stack, browser: Browser, village: str
) -> None:
    before = n_people(stack)
    with cutting_proxy(stack.port, seed=SEED) as proxy:
        voter = Voter(browser, stack, village, base=proxy.base)
        voter.begin()
        proxy.share = SHARE
        for n in range(1, N_VOTES + 1):
            voter.choose(("Agree", "Disagree", "Pass")[n % 3])
            if n == GOAL:
                voter.go_on()
        voter.all_through(within=120)

    assert proxy.n_cut > 0.05 * N_VOTES
    assert voter.stored == voter.cast
    assert len({statement for statement, _choice in voter.cast}) == N_VOTES
    assert n_people(stack) - before == 1
    assert stack.rows(
        "SELECT count(*) FROM deliberation_voterevision AS earlier"
        " JOIN deliberation_vote AS vote ON vote.id = vote_id"
        " JOIN deliberation_participant AS person ON person.id = participant_id"
        " WHERE code = ?",
        voter.code,
    ) == [(0,)]


def n_people(stack: Stack) -> int:
    ((n,),) = stack.rows("SELECT count(*) FROM deliberation_participant")
    return n
