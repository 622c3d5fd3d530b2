"""Makes the demo accounts and prints the table of them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from infra.people.accounts.demo import PASSWORD, PEOPLE, make_demo_people


class Command(BaseCommand):
    """`manage.py demo_accounts`; refuses outside demo mode, where open accounts would be a hole."""

    help = "Make the demo accounts and print them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError outside demo mode."""
        if not settings.DEMO_MODE:
            msg = "Demo accounts have a known password: set DEMO_MODE=1 first."
            raise CommandError(msg)
        with transaction.atomic():
            list(make_demo_people())
        width = max(len(person.email) for person in PEOPLE)
        for person in PEOPLE:
            line = f"{person.email:<{width}}  {PASSWORD}  {person.role.label}: {person.full_name}"
            self.stdout.write(line)
