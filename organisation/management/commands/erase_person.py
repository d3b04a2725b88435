"""Erase one person's identity."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisation.privacy import subject_of_person
from organisation.selectors import person_known_as
from users.privacy.erasure import subject_erase


class Command(BaseCommand):
    help = (
        "Erases the identity of a person, by her uid, for ever: names, addresses, numbers, rights, "
        "ways to sign in. What she learnt stays under a uid that leads to nobody."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("uid", type=uuid.UUID)
        parser.add_argument(
            "--yes", action="store_true", help="do it; without, say what it would do"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_known_as(uid=options["uid"])
        if person is None or person.erased_at is not None:
            raise CommandError("nobody has this uid, or her identity is erased already")
        if not options["yes"]:
            self.stdout.write(f"{person}: give --yes to erase this identity; it cannot be undone")
            return
        subject_erase(
            subject=subject_of_person(person), actor=None, now=timezone.now(), why="office"
        )
        self.stdout.write(f"person {person.uid}: the identity is erased")
