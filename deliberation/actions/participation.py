"""How people take part in a conversation: settings, and the secret links are signed by."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from deliberation.actions import audit, conversations
from deliberation.models import Conversation
from deliberation.models.codes import new_link_secret


@transaction.atomic
def change_settings(
    *,
    conversation: Conversation,
    by: User | None,
    vote_goal: int,
    max_statement_length: int,
    takes_reasons: bool,
    takes_importance: bool,
    results: str,
    entry: str,
    embed_origins: Sequence[str],
) -> dict[str, tuple[object, object]]:
    """Return what was changed, as name: (before, after); nothing of it is undone.

    Votes and statements that are there stay, whatever is asked from now on. Where all
    is as it was, nothing is written and nothing is on record.
    """
    wanted = {
        "vote_goal": vote_goal,
        "max_statement_length": max_statement_length,
        "takes_reasons": takes_reasons,
        "takes_importance": takes_importance,
        "results": results,
        "entry": entry,
        "embed_origins": list(embed_origins),
    }
    locked = conversations.lock(conversation)
    changes = {
        name: (getattr(locked, name), value)
        for name, value in wanted.items()
        if (getattr(locked, name) or []) != (value or [])
    }
    if not changes:
        return {}
    for name, (_before, value) in changes.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changes))
    audit.record(
        conversation=locked,
        action="participation.change_settings",
        by=by,
        changes={name: list(pair) for name, pair in changes.items()},
    )
    return changes


@transaction.atomic
def change_link_secret(*, conversation: Conversation, by: User | None) -> None:
    """A new secret: every link signed before is refused from now on.

    People stay who they are: a new link for the same id leads to the same votes.
    """
    locked = conversations.lock(conversation)
    locked.link_secret = new_link_secret()
    locked.save(update_fields=["link_secret"])
    audit.record(conversation=locked, action="participation.change_link_secret", by=by)
