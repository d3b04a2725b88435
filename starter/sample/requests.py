"""A request for access that waits for the sample region, with its proof."""

from __future__ import annotations

import datetime as dt
import io

from documents.services import pdf_render
from documents.uploads import upload_read
from organisation.models import Establishment
from organisation.roles_of_access import RoleKey, role_of
from organisation.services import access_request_create
from users.models import User

DAYS_AGO = 2
FUNCTION = "responsable de la sécurité des systèmes d’information"
MESSAGE = (
    "Bonjour, je prends la suite de la sécurité numérique et je voudrais suivre la formation de "
    "nos équipes. Le standard de l’établissement peut confirmer ma nomination."
)


def sample_request_load(*, user: User, establishment: Establishment, now: dt.datetime) -> None:
    """The first referent of a hospital asks for her access, two days before `now`."""
    asked_at = (now - dt.timedelta(days=DAYS_AGO)).astimezone(dt.UTC)
    letter = pdf_render(
        template="starter/sample/decision.typ",
        data={"house": establishment.name, "name": user.get_full_name(), "function": FUNCTION},
        timestamp=asked_at,
    )
    access_request_create(
        user=user,
        establishment=establishment,
        role=role_of(RoleKey.REFERENT),
        function=FUNCTION,
        message=MESSAGE,
        proof=upload_read(io.BytesIO(letter)),
        now=asked_at,
    )
