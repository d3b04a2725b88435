"""The attestation as a document."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.qr import Correction, qr_code
from documents.services import pdf_render
from training.attestations.codes import code_shown
from training.attestations.selectors import Validity
from training.enums import Provenance
from training.models import Attestation

TEMPLATE = "training/attestations/attestation.typ"


def attestation_pdf_render(
    *, attestation: Attestation, validity: Validity, with_score: bool
) -> bytes:
    """The attestation, A4, PDF/UA-1. The score is for the learner's own copy only.

    Two copies of one day with the same validity are equal to the byte. `attestation.person` should
    be selected.
    """
    return pdf_render(
        template=TEMPLATE,
        data=_data(attestation, validity, with_score),
        timestamp=dt.datetime.combine(validity.day, dt.time(), tzinfo=dt.UTC),
    )


def _data(attestation: Attestation, validity: Validity, with_score: bool) -> dict[str, Any]:
    address = _address()
    return {
        "campaign": settings.WAGTAIL_SITE_NAME,
        "kind": _("Attestation de formation"),
        "document_title": _("Attestation de formation : %(title)s") % {"title": attestation.title},
        "intro": _("a validé la formation"),
        "certifies": _("La plateforme atteste que"),
        "name": _full_name(attestation),
        "title": attestation.title,
        "facts": _facts(attestation, validity, with_score),
        "note": _note(attestation),
        "check": {
            "heading": _("Vérifier cette attestation"),
            "text": _("Scannez ce code, ou tapez l’adresse et le code ci-dessous."),
            "address": address.partition("://")[2],
            "label": _("Code de vérification"),
            "code": code_shown(attestation.code),
            "alt": _("Code QR qui mène à la vérification de l’attestation %(code)s")
            % {"code": code_shown(attestation.code)},
            "qr": _qr(address, attestation.code),
        },
        "foot": _("Document établi le %(day)s. Délivré sans signature : la vérification fait foi.")
        % {"day": _day(validity.day)},
    }


def _full_name(attestation: Attestation) -> str:
    person = attestation.person
    name = f"{person.first_name} {person.last_name}".strip()
    return name or _("Agent sans nom enregistré")


def _facts(attestation: Attestation, validity: Validity, with_score: bool) -> list[dict[str, str]]:
    """What stands under the title: a label and a value each, perhaps with a note."""
    day = _day(timezone.localdate(attestation.completed_at))
    facts = [{"label": _("Validée le"), "value": day}]
    if validity.is_required:
        until = _day(validity.last_day) if validity.last_day else _("Sans limite de durée")
        rule = _("selon l’obligation en vigueur le %(day)s") % {"day": _day(validity.day)}
        facts.append({"label": _("Compte jusqu’au"), "value": until, "note": rule})
    if with_score and attestation.score_scaled is not None:
        # From 0 to 1 it is the share of right answers; below, nothing was right.
        percent = max(0, round(attestation.score_scaled * 100))
        facts.append({"label": _("Score"), "value": f"{percent}\N{NO-BREAK SPACE}%"})
    return facts


def _note(attestation: Attestation) -> str:
    """Where the training did not happen on the platform, the paper says so."""
    match Provenance(attestation.provenance):
        case Provenance.TEAM:
            return _("Formation suivie en équipe, déclarée par la personne qui l’a animée.")
        case Provenance.IMPORT:
            return _("Formation suivie hors de la plateforme, déclarée par l’établissement.")
        case _other:
            return ""


def _address() -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('training:attestation_verify')}"


def _qr(address: str, code: str) -> str:
    text = f"{address}?{urlencode({'code': code})}"
    return qr_code(text=text, correction=Correction.MEDIUM).svg


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")
