"""Celery tasks: ids in, one call to an action each.

The actions are imported inside: an action enqueues a task, so a task cannot import
actions at the top.
"""

from celery import shared_task
from django.utils import timezone


@shared_task
def run_analysis(*, conversation_id: int) -> None:
    """Safe to run twice: the second finds nothing newer, or another at work."""
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.analysis.catch_up(conversation_id=conversation_id)


@shared_task
def make_fingerprints(*, conversation_id: int) -> None:
    """Safe to run twice: what is there already is kept."""
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.fingerprints.catch_up(conversation_id=conversation_id)


@shared_task
def sweep_fingerprints() -> None:
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.fingerprints.sweep()


@shared_task
def find_likenesses(*, conversation_id: int) -> None:
    """Safe to run twice: the second finds nothing that is not compared yet."""
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.likeness.catch_up(conversation_id=conversation_id)


@shared_task
def sweep_likenesses() -> None:
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.likeness.sweep()


@shared_task
def send_news(*, conversation_id: int, after: int = 0) -> None:
    """Safe to run twice: what was told is not told again."""
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.news.send_due(conversation_id=conversation_id, after=after)


@shared_task
def sweep_news() -> None:
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.news.sweep()


@shared_task
def drop_unconfirmed_news() -> None:
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.news.drop_unconfirmed()


@shared_task
def check_alerts() -> None:
    """Safe to run twice: what stands is not raised again."""
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.alerts.sweep()


@shared_task
def check_routing() -> None:
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.routing.sweep()


@shared_task
def follow_schedules() -> None:
    """Safe to run twice: what is open or closed already stays so."""
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.schedule.sweep(now=timezone.now())


@shared_task
def look_at_participation(*, conversation_id: int) -> None:
    """Safe to run twice: a look replaces the one before."""
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.quality.catch_up(conversation_id=conversation_id, now=timezone.now())


@shared_task
def work_out_comparison(*, comparison_id: int) -> None:
    """Safe to run twice: what is finished is left as it is."""
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.comparisons.work_out(comparison_id=comparison_id, now=timezone.now())


@shared_task
def sweep_participation() -> None:
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.quality.sweep()
    actions.comparisons.sweep(now=timezone.now())


@shared_task
def drop_networks() -> None:
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.quality.drop_networks(now=timezone.now())


@shared_task
def sweep_analyses() -> None:
    from deliberation import actions  # noqa: PLC0415 - see above

    actions.analysis.sweep()
