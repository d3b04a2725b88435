"""The paper of a record: drawn from what was issued, and from nothing else but its address."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.qr import Correction, qr_code
from documents.services import pdf_render
from reporting import figures
from reporting.models import EvidenceFile
from users.days import long_day

TEMPLATE = "reporting/evidence/evidence.typ"


def evidence_pdf_render(file: EvidenceFile) -> bytes:
    """A4, PDF/UA-1; equal records give equal bytes."""
    return pdf_render(
        template=TEMPLATE,
        data=evidence_data(file),
        timestamp=dt.datetime.combine(file.day, dt.time(), tzinfo=dt.UTC),
    )


def verify_address(file: EvidenceFile) -> str:
    return (
        f"{settings.WAGTAILADMIN_BASE_URL}{reverse('reporting:evidence_verify', args=[file.uid])}"
    )


def evidence_data(file: EvidenceFile) -> dict[str, Any]:
    """What the template reads: every word of it."""
    content = json.loads(file.content)
    title = _("Dossier de preuve")
    address = verify_address(file)
    day = long_day(file.day)
    return {
        "campaign": content["issuer"],
        "document_title": f"{title} {file.number} – {content['scope']['name']}",
        "title": title,
        "subtitle": _("Couverture des formations à la cybersécurité"),
        "place": content["scope"]["name"],
        "facts": _facts(file, content, day),
        "headings": {
            "total": _("Où en est le périmètre"),
            "requirements": _("Obligations de formation en vigueur"),
            "figures": _("Chiffres par filière et par formation")
            if content["is_frozen"]
            else _("Chiffres par métier et par formation"),
            "provenance": _("Provenance des formations validées"),
            "rules": _("Règles de comptage"),
            "check": _("Vérifier ce dossier"),
        },
        "total": content["total_words"],
        "total_note": content["reach"],
        "requirements": _requirements(content),
        "tables": [_table(one) for one in content["tables"]],
        "figures_head": _figures_head(content),
        "nothing": _("Aucune formation n’est demandée dans ce périmètre à cette date."),
        "provenance": _provenance(content),
        "rules": content["rules"],
        "check": {
            "text": _(
                "Scannez ce code ou ouvrez l’adresse : la page dit si ce dossier a bien été "
                "délivré, s’il a été révoqué, et si votre fichier PDF est celui qui a été remis."
            ),
            "address": address.partition("://")[2],
            "number_label": _("Numéro"),
            "number": file.number,
            "sum_label": _("Empreinte SHA-256 du contenu"),
            "sum": " ".join(file.sha256[at : at + 8] for at in range(0, 64, 8)),
            "alt": _("Code QR qui mène à la vérification du dossier %(number)s")
            % {"number": file.number},
            "qr": qr_code(text=address, correction=Correction.MEDIUM).svg,
        },
        "running": f"{file.number} – {content['scope']['name']}",
        "page_of": _("page"),
    }


def _facts(file: EvidenceFile, content: dict[str, Any], day: str) -> list[dict[str, str]]:
    scope, software = content["scope"], content["software"]
    at = figures.moment(dt.datetime.fromisoformat(content["computed_at"]))
    name = f"{scope['kind']} – FINESS {scope['finess']}" if scope["finess"] else scope["kind"]
    counted = _("Mois arrêté, calculé le %(at)s") if content["is_frozen"] else _("%(at)s")
    return [
        {"label": _("Périmètre"), "value": name},
        {"label": _("Situation au"), "value": day},
        {"label": _("Calculé le"), "value": counted % {"at": at}},
        {"label": _("Délivré le"), "value": long_day(timezone.localdate(file.issued_at))},
        {"label": _("Émetteur"), "value": content["issuer"]},
        {
            "label": _("Logiciel"),
            "value": f"{software['name']} {software['version']} ({software['drawn_by']})",
        },
    ]


def _requirements(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "head": [
            _("Formation"),
            _("Pour qui"),
            _("Où"),
            _("Délai"),
            _("Validité"),
            _("Depuis le"),
        ],
        "rows": [
            [one["training"], one["who"], one["where"], one["due"], one["validity"], one["since"]]
            for one in content["requirements"]
        ],
    }


def _figures_head(content: dict[str, Any]) -> list[str]:
    return [
        _("Filière") if content["is_frozen"] else _("Métier"),
        _("À jour"),
        _("Dont déclarés"),
        _("Attendus"),
        _("Effectif déclaré"),
        _("Non recensés"),
        _("Taux"),
        _("En retard"),
    ]


def _table(table: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": table["title"],
        "rows": [
            {"title": row["title"], "level": row["level"], "cells": _cells(row["figures"])}
            for row in table["rows"]
        ],
    }


def _cells(found: dict[str, int | None] | None) -> list[str]:
    """Seven texts, or one word for a hidden row."""
    if found is None:
        return [_("masqué")]
    names = ("covered", "declared_evidence", "expected", "headcount", "unknown")
    told = [_number(found[name]) for name in names]
    return [*told, f"{found['percent']}{figures.NBSP}%", _number(found["overdue"])]


def _number(value: int | None) -> str:
    return "–" if value is None else figures.number(value)


def _provenance(content: dict[str, Any]) -> dict[str, Any]:
    found = content["provenance"]
    return {
        "note": ""
        if found
        else _(
            "Les mois arrêtés ne gardent pas la provenance : elle se lit dans le dossier de chaque "
            "établissement."
        ),
        "intro": _(
            "Formations validées jusqu’à cette date par les personnes en poste ce jour-là, selon "
            "la façon dont elles sont connues. Une personne peut en avoir plusieurs."
        ),
        "head": [_("Formation"), *(one["how"] for one in found[0]["counts"])] if found else [],
        "rows": [[one["training"], *(c["number"] for c in one["counts"])] for one in found],
    }
