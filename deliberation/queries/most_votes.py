"""Statements by how many votes there are: on them, or of their authors.

Counted over all at once and put in order here: asked for one statement after another,
the database would read every vote of ten thousand statements on its own. Rows are
counted and not their ids: then it reads an index alone.
"""

from django.db.models import Count, F, QuerySet

from deliberation.models import Statement, StatementResult, Vote
from deliberation.queries import analysis

Found = QuerySet[Statement]


def votes_on(found: Found) -> dict[int, int]:
    """By id. Of statements in the latest analysis as it counted them, which is cheap
    however many votes there are; the others are counted."""
    analysed = _analysed(found)
    n = F("n_agree") + F("n_disagree") + F("n_pass")
    counted = dict(analysed.order_by().values_list("statement", n))
    # Their ids, and not how they are found: so the database goes by its index.
    others = set(found.order_by().values_list("pk", flat=True)) - counted.keys()
    votes = Vote.objects.filter(statement__in=others).order_by()
    return counted | dict(votes.values_list("statement").annotate(n=Count("*")))


def votes_of_authors(found: Found) -> dict[int, int]:
    """By the id of the statement: the more its author has read, the rarer it is a
    repetition."""
    authors = found.order_by().filter(author__isnull=False).values("author")
    votes = Vote.objects.filter(participant__in=authors).order_by()
    counted = dict(votes.values_list("participant").annotate(n=Count("*")))
    written = found.order_by().values_list("pk", "author")
    return {pk: counted.get(author, 0) for pk, author in written}


def by_most(found: Found, n_votes: dict[int, int]) -> list[int]:
    """Ids, those with most votes first, the oldest of equal ones first."""
    pks = list(found.order_by("number", "id").values_list("pk", flat=True))
    return sorted(pks, key=lambda pk: -n_votes.get(pk, 0))


def _analysed(found: Found) -> QuerySet[StatementResult]:
    one = found.order_by().select_related("conversation").first()
    run = analysis.latest_run(one.conversation) if one else None
    return (
        StatementResult.objects.filter(run=run)
        if run
        else (StatementResult.objects.none())
    )
