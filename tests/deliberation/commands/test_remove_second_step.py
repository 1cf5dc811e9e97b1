"""A lost phone: the operator lets somebody in again."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from deliberation.models import Session

pytestmark = pytest.mark.django_db


def test_it_takes_every_second_step_and_every_session(capsys):
    user = User.objects.create_user("ada")
    Authenticator.objects.create(user=user, type="totp", data={})
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    Client().force_login(user)

    call_command("remove_second_step", "ada")

    assert "ada signs in with the password alone" in capsys.readouterr().out
    assert (Authenticator.objects.count(), Session.objects.count()) == (0, 0)


def test_an_unknown_account_is_refused():
    with pytest.raises(CommandError, match="There is no account called 'eve'"):
        call_command("remove_second_step", "eve")
