"""Who runs a conversation: invitations, roles, and leaving.

All of them hold the conversation's row to the end: of two owners who remove each other
at the same moment, one is too late, and somebody always owns the conversation.
"""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from deliberation.actions import audit
from deliberation.actions.conversations import lock
from deliberation.errors import DeliberationError
from deliberation.models import Conversation, Invitation, Moderator
from deliberation.queries import team


class LastOwner(DeliberationError):
    code = "last_owner"
    message = _(
        "“%(name)s” is the only owner, and a conversation needs one. Make somebody"
        " else an owner first."
    )
    http_status = 409


class InTeamAlready(DeliberationError):
    """No invitation changes a role: neither down by mistake nor up by a lost link."""

    code = "in_team_already"
    message = _(
        "“%(name)s” runs this conversation already, as “%(role)s”. Only an owner can"
        " change that, on the page of the team. The invitation stays open for"
        " somebody else."
    )
    http_status = 409


class NameTaken(DeliberationError):
    code = "name_taken"
    message = _("There is an account called “%(name)s” already. Choose another name.")
    http_status = 409


@transaction.atomic
def add_moderator(
    *, conversation: Conversation, user: User, role: str, by: User | None
) -> Moderator:
    """Let `user` run the conversation; changes the role of one who does already.

    For operators: people are invited. Raises LastOwner.
    """
    lock(conversation)
    before = conversation.moderators.filter(user=user).first()
    if before and role != Moderator.Role.OWNER:
        _refuse_last_owner(before)
    moderator, _created = Moderator.objects.update_or_create(
        conversation=conversation, user=user, defaults={"role": role}
    )
    audit.record(
        conversation=conversation,
        action="team.add_moderator",
        by=by,
        target=f"user {user.pk}",
        name=user.get_username(),
        before=before.role if before else None,
        after=role,
    )
    return moderator


# --- Invitations -----------------------------------------------------------------------


@transaction.atomic
def invite(
    *,
    conversation: Conversation,
    role: str,
    label: str,
    days: int,
    by: User,
    now: datetime,
) -> tuple[Invitation, str]:
    """An invitation, and the token for its link, which is kept nowhere."""
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        conversation=conversation,
        role=role,
        label=label,
        digest=team.digest(token),
        created_at=now,
        created_by=by,
        expires_at=now + timedelta(days=days),
    )
    audit.record(
        conversation=conversation,
        action="team.invite",
        by=by,
        target=f"invitation {invitation.pk}",
        role=role,
        label=label,
        expires_at=invitation.expires_at.isoformat(),
    )
    return invitation, token


@transaction.atomic
def revoke(
    *, conversation: Conversation, invitation_id: int, by: User, now: datetime
) -> Invitation:
    """From now on the link is refused. Raises NoSuchInvitation and, where it is not
    open any more, InvitationUsed, InvitationRevoked or InvitationExpired."""
    held = conversation.invitations.select_for_update()
    invitation = held.filter(pk=invitation_id).first()
    if invitation is None:
        raise team.NoSuchInvitation
    team.refuse_unless_open(invitation, now)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    audit.record(
        conversation=conversation,
        action="team.revoke",
        by=by,
        target=f"invitation {invitation.pk}",
        role=invitation.role,
        label=invitation.label,
    )
    return invitation


@transaction.atomic
def accept(*, token: str, by: User, now: datetime) -> Moderator:
    """Join in the role that the link names.

    Raises NoSuchInvitation, InvitationUsed, InvitationRevoked, InvitationExpired, and
    InTeamAlready, which leaves the invitation open.
    """
    found = team.invitation(token, now=now)
    lock(found.conversation)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    team.refuse_unless_open(invitation, now)
    there = found.conversation.moderators.filter(user=by).first()
    if there is not None:
        raise InTeamAlready(name=by.get_username(), role=there.get_role_display())
    member = Moderator.objects.create(
        conversation=found.conversation, user=by, role=invitation.role
    )
    invitation.accepted_at, invitation.accepted_by = now, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record("team.accept", member, by, before=None, after=member.role)
    return member


@transaction.atomic
def make_account_and_accept(
    *, token: str, name: str, email: str, password: str, now: datetime
) -> Moderator:
    """An account is made by a valid invitation alone, which it uses up.

    Raises NameTaken and what `accept` raises; then there is no account either.
    """
    team.invitation(token, now=now)
    try:
        with transaction.atomic():
            if User.objects.filter(username__iexact=name).exists():
                raise NameTaken(name=name)
            user = User.objects.create_user(name, email=email, password=password)
    except IntegrityError as error:
        raise NameTaken(name=name) from error
    return accept(token=token, by=user, now=now)


# --- Roles -----------------------------------------------------------------------------


@transaction.atomic
def change_role(
    *, conversation: Conversation, member_id: int, role: str, by: User
) -> Moderator:
    """The same role again changes nothing. Raises NoSuchMember, LastOwner."""
    lock(conversation)
    member = team.member(conversation, member_id)
    if member.role == role:
        return member
    _refuse_last_owner(member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    _record("team.change_role", member, by, before=before, after=role)
    return member


@transaction.atomic
def remove(*, conversation: Conversation, member_id: int, by: User) -> Moderator:
    """What she decided stays. Raises NoSuchMember, LastOwner."""
    lock(conversation)
    member = team.member(conversation, member_id)
    _refuse_last_owner(member)
    _record("team.remove", member, by, before=member.role, after=None)
    member.delete()
    return member


@transaction.atomic
def leave(*, conversation: Conversation, by: User) -> None:
    """Raises NoSuchMember, LastOwner."""
    lock(conversation)
    member = conversation.moderators.select_related("user").filter(user=by).first()
    if member is None:
        raise team.NoSuchMember
    _refuse_last_owner(member)
    _record("team.leave", member, by, before=member.role, after=None)
    member.delete()


def _refuse_last_owner(member: Moderator) -> None:
    if team.is_only_owner(member):
        raise LastOwner(name=member.user.get_username())


def _record(
    action: str, member: Moderator, by: User, *, before: str | None, after: str | None
) -> None:
    audit.record(
        conversation=member.conversation,
        action=action,
        by=by,
        target=f"user {member.user_id}",
        name=member.user.get_username(),
        before=before,
        after=after,
    )
