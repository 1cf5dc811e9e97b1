"""The reasons that moderators of a conversation choose from."""

from deliberation.models import Conversation
from deliberation.models.reason import Reason


def choices(conversation: Conversation) -> list[tuple[str, str]]:
    """(code, words) of those that are offered, in their order."""
    if not conversation.reasons:
        return [(code, str(words)) for code, words in Reason.choices]
    return [
        (reason["code"], words(conversation, reason["code"]))
        for reason in conversation.reasons
        if reason["is_offered"]
    ]


def words(conversation: Conversation, code: str) -> str:
    """What a reason says in this conversation, in the reader's language where it is
    one that every conversation begins with."""
    return conversation.reason_words(code)
