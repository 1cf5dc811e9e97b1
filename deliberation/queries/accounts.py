"""What keeps an account safe: second steps, and where it is signed in."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.utils import timezone

from deliberation.models import Session


@dataclass(frozen=True)
class SecondSteps:
    """Of one account: an app, passkeys, and how many recovery codes are left."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    n_codes: int | None

    @property
    def is_on(self) -> bool:
        return bool(self.app or self.passkeys)


@dataclass(frozen=True)
class SignedInBrowser:
    """A line of the list of sessions. `name` tells them apart without the key."""

    name: str
    device: str
    signed_in_at: datetime | None
    is_this: bool


def second_steps(user: User) -> SecondSteps:
    found = list(Authenticator.objects.filter(user=user).order_by("created_at", "id"))
    kinds = Authenticator.Type
    codes = [key for key in found if key.type == kinds.RECOVERY_CODES]
    return SecondSteps(
        app=next((key for key in found if key.type == kinds.TOTP), None),
        passkeys=[key for key in found if key.type == kinds.WEBAUTHN],
        n_codes=len(codes[0].wrap().get_unused_codes()) if codes else None,
    )


def browsers(user: User, this: str | None) -> list[SignedInBrowser]:
    """Where this account is signed in now, `this` session first, then the newest."""
    lines = [
        SignedInBrowser(
            name=name_of(session.session_key),
            device=session.device,
            signed_in_at=session.signed_in_at,
            is_this=session.session_key == this,
        )
        for session in live_sessions(user)
    ]
    return sorted(lines, key=lambda line: not line.is_this)


def live_sessions(user: User) -> list[Session]:
    """Newest first. A new password ended those that began with the old one."""
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    current = user.get_session_auth_hash()
    return [
        row
        for row in rows.order_by("-signed_in_at", "session_key")
        if row.get_decoded().get(HASH_SESSION_KEY) == current
    ]


def name_of(session_key: str) -> str:
    """No page holds a session's key: with it anybody would be signed in."""
    return sha256(session_key.encode()).hexdigest()[:24]


def connected(user: User) -> SocialAccount | None:
    """With the operator's directory of people."""
    return SocialAccount.objects.filter(user=user).order_by("id").first()
