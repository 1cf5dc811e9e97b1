"""What a conversation still needs before its results say something."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation.models import AnalysisRun, Conversation, Vote
from deliberation.tallies import ENOUGH_TO_PLACE, MIN_GROUPED, MIN_VOTES, Tally


def sentences(
    conversation: Conversation,
    run: AnalysisRun | None,
    tallies: list[Tally],
    *,
    has_map: bool,
) -> list[str]:
    """What is missing, and how much of it; `tallies` are of all statements shown."""
    map_needs = [] if has_map else [_for_the_map(conversation, run, len(tallies))]
    return map_needs + _for_ranking(tallies)


def n_voters(conversation: Conversation, *, at_least: int = 1) -> int:
    """How many people have cast so many votes; excluded people left out."""
    people = (
        Vote.objects.counted()
        .filter(conversation=conversation)
        .order_by()
        .values("participant")
        .annotate(n=Count("pk"))
    )
    return people.filter(n__gte=at_least).count()


def n_votes(conversation: Conversation) -> int:
    return Vote.objects.counted().filter(conversation=conversation).count()


def _for_the_map(
    conversation: Conversation, run: AnalysisRun | None, n_statements: int
) -> str:
    if run and run.has_enough_people:
        return _("So far there are no groups: people vote much alike.")
    n_enough = max(1, min(ENOUGH_TO_PLACE, n_statements))
    n_people = n_voters(conversation, at_least=n_enough)
    if n_people >= MIN_GROUPED:
        return _("The opinion map will be drawn in a few seconds.")
    sentence = ngettext(
        "The opinion map needs %(needed)d people who have voted on at least"
        " %(votes)d statement; so far there are %(people)d.",
        "The opinion map needs %(needed)d people who have voted on at least"
        " %(votes)d statements; so far there are %(people)d.",
        n_enough,
    )
    return sentence % {"needed": MIN_GROUPED, "votes": n_enough, "people": n_people}


def _for_ranking(tallies: list[Tally]) -> list[str]:
    n_few = sum(not tally.is_enough for tally in tallies)
    if not n_few:
        return []
    sentence = ngettext(
        "%(n)d statement has fewer than %(least)d votes and is not ranked yet.",
        "%(n)d statements have fewer than %(least)d votes and are not ranked yet.",
        n_few,
    )
    return [sentence % {"n": n_few, "least": MIN_VOTES}]
