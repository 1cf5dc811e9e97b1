"""Settings of how people take part, and the secret of signed links."""

from deliberation.actions import participation
from deliberation.models import AuditEvent, Conversation

SETTINGS = {
    "vote_goal": 25,
    "max_statement_length": 280,
    "takes_reasons": False,
    "takes_importance": False,
    "results": "always",
    "entry": "anyone",
    "embed_origins": [],
}


def change(conversation, by, **settings):
    return participation.change_settings(
        conversation=conversation, by=by, **(SETTINGS | settings)
    )


def test_change_is_told_and_on_record_with_what_was_before(conversation, moderator):
    changes = change(conversation, moderator, vote_goal=40, results="close")

    assert changes == {"vote_goal": (25, 40), "results": ("always", "close")}
    event = AuditEvent.objects.get()
    assert event.action == "participation.change_settings"
    assert event.details == {
        "changes": {"vote_goal": [25, 40], "results": ["always", "close"]}
    }
    assert Conversation.objects.get().vote_goal == 40


def test_settings_as_they_were_write_nothing(conversation, moderator):
    Conversation.objects.update(embed_origins=None)

    assert change(conversation, moderator) == {}
    assert AuditEvent.objects.count() == 0


def test_change_leaves_alone_what_others_changed_meanwhile(conversation, moderator):
    Conversation.objects.update(question="Asked anew?", moderation_revision=9)

    change(conversation, moderator, vote_goal=40)

    now = Conversation.objects.get()
    assert (now.question, now.moderation_revision) == ("Asked anew?", 9)


def test_new_secret_is_another_and_kept_from_the_record(conversation, moderator):
    participation.change_link_secret(conversation=conversation, by=moderator)

    now = Conversation.objects.get()
    assert now.link_secret != conversation.link_secret
    assert len(now.link_secret) == 43
    event = AuditEvent.objects.get()
    assert (event.action, event.details) == ("participation.change_link_secret", {})
