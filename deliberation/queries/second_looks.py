"""Second looks: which wait for whom, how far two moderators agree, and where they do not.

Whoever takes a second look learns nothing of the first one before it is stored.
"""

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Decision, SecondLook, Statement
from deliberation.queries.agreement import Agreement

DECIDED = (Statement.State.ACCEPTED, Statement.State.REJECTED)
VERDICT_OF = {
    Decision.Kind.ACCEPT.value: Statement.State.ACCEPTED.value,
    Decision.Kind.REJECT.value: Statement.State.REJECTED.value,
}


class NoSuchSecondLook(DeliberationError):
    code = "no_such_second_look"
    message = _("There is no such statement to look at a second time.")
    http_status = 404


def waiting(
    conversation: Conversation, user: User | None = None
) -> QuerySet[SecondLook]:
    """Those nobody has taken yet, the oldest first; with a `user` those she may take:
    she has not decided on the statement herself.

    What was taken back, reworded or folded since is none any more.
    """
    found = SecondLook.objects.filter(
        conversation=conversation,
        verdict="",
        decision__undone_by_decision=None,
        decision__statement__state__in=DECIDED,
        decision__statement__duplicate_of=None,
    )
    if user is not None:
        hers = Decision.objects.filter(
            statement=OuterRef("decision__statement"), decided_by=user
        )
        found = found.exclude(Exists(hers))
    return found.order_by("id")


def next_for(conversation: Conversation, user: User) -> SecondLook | None:
    """With the statement, and nothing that tells how it was decided."""
    mine = waiting(conversation, user).select_related("decision__statement")
    return mine.first()


def look(conversation: Conversation, pk: int) -> SecondLook:
    """One of this conversation. Raises NoSuchSecondLook."""
    found = SecondLook.objects.filter(conversation=conversation, pk=pk).first()
    if found is None:
        raise NoSuchSecondLook
    return found


def agreement(conversation: Conversation) -> Agreement:
    """Of all second looks that were taken; of a decision taken back since, too."""
    rows = (
        SecondLook.objects.filter(conversation=conversation)
        .exclude(verdict="")
        .order_by()
        .values_list("decision__kind", "verdict")
        .annotate(n=Count("pk"))
    )
    found = {(VERDICT_OF[kind], verdict): n for kind, verdict, n in rows}
    accepted, rejected = Statement.State.ACCEPTED.value, Statement.State.REJECTED.value
    return Agreement(
        n_both_accepted=found.get((accepted, accepted), 0),
        n_accepted_rejected=found.get((accepted, rejected), 0),
        n_rejected_accepted=found.get((rejected, accepted), 0),
        n_both_rejected=found.get((rejected, rejected), 0),
    )


def disagreements(conversation: Conversation) -> QuerySet[SecondLook]:
    """Where both verdicts differ, newest first; `is_settled` where somebody has decided
    on the statement since."""
    differs = Q(decision__kind=Decision.Kind.ACCEPT, verdict="rejected") | Q(
        decision__kind=Decision.Kind.REJECT, verdict="accepted"
    )
    later = Decision.objects.filter(
        statement=OuterRef("decision__statement"), decided_at__gt=OuterRef("decided_at")
    )
    return (
        SecondLook.objects.filter(differs, conversation=conversation)
        .select_related("decision__statement", "decision__decided_by", "decided_by")
        .annotate(is_settled=Exists(later))
        .order_by("is_settled", "-id")
    )
