"""For an operator: lets somebody in again whose phone or passkey is lost."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management import BaseCommand, CommandError

from deliberation import actions


class Command(BaseCommand):
    help = "Remove the second step of an account, and sign it out everywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="of the account")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account called {options['name']!r}.")
        actions.accounts.remove_second_steps(user=user)
        self.stdout.write(
            f"{user.get_username()} signs in with the password alone, until a new"
            " second step is set up."
        )
