"""Write out all that is kept of one person, as JSON."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisation.privacy import subject_of_person
from organisation.selectors import person_known_as
from users.privacy.export import export_json
from users.services import audit_record


class Command(BaseCommand):
    help = "Writes all that is kept of a person, by her uid, to standard output as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("uid", type=uuid.UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_known_as(uid=options["uid"])
        if person is None:
            raise CommandError("nobody has this uid")
        audit_record(actor=None, action="personal_data.export", target=f"person:{person.uid}")
        for text in export_json(subject_of_person(person), at=timezone.now()):
            self.stdout.write(text, ending="")
