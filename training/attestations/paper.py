"""The look that every attestation has, whatever it attests: one data shape, one template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from documents.qr import Correction, qr_code
from documents.services import pdf_render
from training.attestations.codes import code_shown

TEMPLATE = "training/attestations/attestation.typ"


class Fact(TypedDict, total=False):
    """What stands under the title: a label and a value, perhaps with a note."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is attested, in the words of the reader. `note` says what was not observed."""

    kind: str  # «Attestation de formation»
    intro: str  # «a validé la formation»
    name: str
    title: str
    facts: Sequence[Fact]
    code: str
    day: dt.date  # when the paper is made
    note: str = ""


def paper_pdf_render(paper: Paper) -> bytes:
    """A4, PDF/UA-1. Two copies of one day are equal to the byte."""
    return pdf_render(
        template=TEMPLATE,
        data=_data(paper),
        timestamp=dt.datetime.combine(paper.day, dt.time(), tzinfo=dt.UTC),
    )


def holder_name(*, first_name: str, last_name: str) -> str:
    """The name on the paper; that there is none is said too."""
    return f"{first_name} {last_name}".strip() or _("Agent sans nom enregistré")


def paper_day(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _data(paper: Paper) -> dict[str, object]:
    address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('training:attestation_verify')}"
    code = code_shown(paper.code)
    return {
        "campaign": settings.WAGTAIL_SITE_NAME,
        "kind": paper.kind,
        "document_title": _("%(kind)s : %(title)s") % {"kind": paper.kind, "title": paper.title},
        "certifies": _("La plateforme atteste que"),
        "name": paper.name,
        "intro": paper.intro,
        "title": paper.title,
        "facts": list(paper.facts),
        "note": paper.note,
        "check": {
            "heading": _("Vérifier cette attestation"),
            "text": _("Scannez ce code, ou tapez l’adresse et le code ci-dessous."),
            "address": address.partition("://")[2],
            "label": _("Code de vérification"),
            "code": code,
            "alt": _("Code QR qui mène à la vérification de l’attestation %(code)s")
            % {"code": code},
            "qr": _qr(address, paper.code),
        },
        "foot": _("Document établi le %(day)s. Délivré sans signature : la vérification fait foi.")
        % {"day": paper_day(paper.day)},
    }


def _qr(address: str, code: str) -> str:
    text = f"{address}?{urlencode({'code': code})}"
    return qr_code(text=text, correction=Correction.MEDIUM).svg
