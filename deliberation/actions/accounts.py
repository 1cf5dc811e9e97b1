"""Ending sessions, and rescue. Signing in and second steps are django-allauth's."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from deliberation.errors import DeliberationError
from deliberation.models import Session
from deliberation.queries import accounts


class NoSuchSession(DeliberationError):
    code = "no_such_session"
    message = _("This browser is signed out already.")
    http_status = 404


@transaction.atomic
def end_session(*, user: User, name: str) -> None:
    """Sign one browser out; its next page asks for the password. Raises NoSuchSession."""
    for session in Session.objects.filter(user=user):
        if accounts.name_of(session.session_key) == name:
            session.delete()
            return
    raise NoSuchSession


@transaction.atomic
def end_other_sessions(*, user: User, this: str | None) -> int:
    """Sign all other browsers out; how many those were."""
    others = len([row for row in accounts.live_sessions(user) if row.pk != this])
    Session.objects.filter(user=user).exclude(pk=this).delete()
    return others


@transaction.atomic
def remove_second_steps(*, user: User) -> None:
    """For operators: her phone is lost. Whoever had it is signed out with everybody."""
    Authenticator.objects.filter(user=user).delete()
    end_other_sessions(user=user, this=None)
