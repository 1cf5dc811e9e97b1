"""What a conversation still needs before its results say something."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation.models import AnalysisRun, Choice, Conversation, Statement, Vote
from deliberation.tallies import ENOUGH_TO_PLACE, MIN_GROUPED, MIN_VOTES, Tally


def sentences(
    conversation: Conversation, run: AnalysisRun | None, tallies: list[Tally]
) -> list[str]:
    """What is missing, and how much of it; `tallies` are of all statements shown."""
    has_enough = run is not None and run.has_enough_people
    map_needs = [] if has_enough else [_for_the_map(conversation)]
    return map_needs + _for_ranking(tallies)


def n_voters(conversation: Conversation) -> int:
    """How many people have cast a vote; excluded people left out."""
    votes = Vote.objects.counted().filter(conversation=conversation)
    return int(votes.aggregate(n=Count("participant", distinct=True))["n"])


def n_votes(conversation: Conversation) -> int:
    return Vote.objects.counted().filter(conversation=conversation).count()


def _for_the_map(conversation: Conversation) -> str:
    asked = Statement.objects.shown(conversation).filter(is_meta=False)
    n_enough = max(1, min(ENOUGH_TO_PLACE, asked.count()))
    n_people = _n_who_took_sides(conversation, n_enough)
    if n_people >= MIN_GROUPED:
        return _("The opinion map will be drawn in a few seconds.")
    sentence = ngettext(
        "The opinion map needs %(needed)d people who have agreed or disagreed with at"
        " least %(votes)d statement; so far there are %(people)d.",
        "The opinion map needs %(needed)d people who have agreed or disagreed with at"
        " least %(votes)d statements; so far there are %(people)d.",
        n_enough,
    )
    return sentence % {"needed": MIN_GROUPED, "votes": n_enough, "people": n_people}


def _n_who_took_sides(conversation: Conversation, at_least: int) -> int:
    """Whom the engine would place: passes, and statements about the person, say
    nothing of where she stands."""
    people = (
        Vote.objects.counted()
        .filter(conversation=conversation, statement__is_meta=False)
        .exclude(choice=Choice.PASS)
        .order_by()
        .values("participant")
        .annotate(n=Count("pk"))
    )
    return people.filter(n__gte=at_least).count()


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
