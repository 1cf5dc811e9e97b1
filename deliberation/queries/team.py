"""Who runs a conversation, and who is invited to."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Invitation, Moderator


class NoSuchMember(DeliberationError):
    code = "no_such_member"
    message = _("This person does not belong to the team any more.")
    http_status = 404


class NoSuchInvitation(DeliberationError):
    code = "no_such_invitation"
    message = _(
        "There is no such invitation. Use the link just as it was sent to you, or ask"
        " for a new one."
    )
    http_status = 404


class InvitationRevoked(DeliberationError):
    code = "invitation_revoked"
    message = _("This invitation was taken back. Ask whoever sent it for a new one.")
    http_status = 410


class InvitationUsed(DeliberationError):
    code = "invitation_used"
    message = _(
        "This invitation was used already: each works once. Ask whoever sent it for a"
        " new one."
    )
    http_status = 410


class InvitationExpired(DeliberationError):
    code = "invitation_expired"
    message = _(
        "This invitation was good for a limited time, and that is over. Ask whoever"
        " sent it for a new one."
    )
    http_status = 410


@dataclass(frozen=True)
class Invited:
    """An invitation as its list tells it; state: open, used, revoked or expired."""

    invitation: Invitation
    state: str

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def members(conversation: Conversation) -> list[Moderator]:
    """Owners first, then in the order in which they came."""
    order = list(Moderator.Role)
    found = conversation.moderators.select_related("user").order_by("created_at", "id")
    return sorted(found, key=lambda member: order.index(Moderator.Role(member.role)))


def member(conversation: Conversation, pk: int) -> Moderator:
    """Raises NoSuchMember."""
    found = conversation.moderators.select_related("user").filter(pk=pk).first()
    if found is None:
        raise NoSuchMember
    return found


def is_only_owner(member: Moderator) -> bool:
    """Whether nobody who can sign in would own the conversation without her."""
    others = owners(member.conversation_id).exclude(pk=member.pk)
    return member.role == Moderator.Role.OWNER and not others.exists()


def owners(conversation_id: int) -> QuerySet[Moderator]:
    """Those who can sign in; an account that is switched off owns nothing."""
    return Moderator.objects.filter(
        conversation_id=conversation_id,
        role=Moderator.Role.OWNER,
        user__is_active=True,
    )


def invitations(conversation: Conversation, now: datetime) -> list[Invited]:
    """Those that are open, and of the others the latest twenty; newest first."""
    found = conversation.invitations.select_related("created_by", "accepted_by")
    is_open = Q(accepted_at=None, revoked_at=None, expires_at__gt=now)
    ordered = found.order_by("-created_at", "-id")
    rows = [*ordered.filter(is_open), *ordered.exclude(is_open)[:20]]
    return [Invited(invitation, state(invitation, now)) for invitation in rows]


def state(invitation: Invitation, now: datetime) -> str:
    if invitation.accepted_at is not None:
        return "used"
    if invitation.revoked_at is not None:
        return "revoked"
    return "open" if invitation.expires_at > now else "expired"


def invitation(token: str, *, now: datetime) -> Invitation:
    """What a link invites to. Raises NoSuchInvitation and those of `refuse_unless_open`."""
    found = (
        Invitation.objects.select_related("conversation", "created_by")
        .filter(digest=digest(token))
        .first()
    )
    if found is None:
        raise NoSuchInvitation
    refuse_unless_open(found, now)
    return found


def refuse_unless_open(invitation: Invitation, now: datetime) -> None:
    """Raises InvitationUsed, InvitationRevoked or InvitationExpired."""
    found = state(invitation, now)
    if found == "used":
        raise InvitationUsed
    if found == "revoked":
        raise InvitationRevoked
    if found == "expired":
        raise InvitationExpired


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
