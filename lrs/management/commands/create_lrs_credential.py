"""Make a credential for the record store."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from lrs.enums import CredentialScope
from lrs.services import credential_create


class Command(BaseCommand):
    help = "Make a credential; prints one JSON line with its key and its secret."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="who uses it")
        parser.add_argument(
            "--scope",
            required=True,
            action="append",
            choices=CredentialScope.values,
            help="what it may do; may be given several times",
        )
        parser.add_argument(
            "--trusted", action="store_true", help="its statements may make completions"
        )
        parser.add_argument("--establishment", default="", help="a FINESS number")

    def handle(self, *args: Any, **options: Any) -> None:
        given = options["scope"]
        try:
            credential, secret = credential_create(
                name=options["name"],
                scopes=[given] if isinstance(given, str) else given,  # call_command
                is_trusted=options["trusted"],
                establishment_scope=options["establishment"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(json.dumps({"key": credential.key, "secret": secret}))
