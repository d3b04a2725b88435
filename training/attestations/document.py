"""The attestation of a training as a document."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from training.attestations.paper import Fact, Paper, holder_name, paper_day, paper_pdf_render
from training.attestations.selectors import Validity
from training.enums import Provenance
from training.models import Attestation


def attestation_pdf_render(
    *, attestation: Attestation, validity: Validity, with_score: bool
) -> bytes:
    """The attestation, A4, PDF/UA-1. The score is for the learner's own copy only.

    Two copies of one day with the same validity are equal to the byte. `attestation.person` should
    be selected.
    """
    person = attestation.person
    return paper_pdf_render(
        Paper(
            kind=_("Attestation de formation"),
            intro=_("a validé la formation"),
            name=holder_name(first_name=person.first_name, last_name=person.last_name),
            title=attestation.title,
            facts=_facts(attestation, validity, with_score),
            note=provenance_note(Provenance(attestation.provenance)),
            code=attestation.code,
            day=validity.day,
        )
    )


def provenance_note(provenance: Provenance) -> str:
    """Where the training did not happen on the platform, the paper says so."""
    match provenance:
        case Provenance.TEAM:
            return _("Formation suivie en équipe, déclarée par la personne qui l’a animée.")
        case Provenance.IMPORT:
            return _("Formation suivie hors de la plateforme, déclarée par l’établissement.")
        case Provenance.PAPER:
            return _(
                "Présence déclarée par l’organisateur de la rencontre, d’après la feuille signée."
            )
        case Provenance.OBSERVED:
            return ""


def _facts(attestation: Attestation, validity: Validity, with_score: bool) -> list[Fact]:
    day = paper_day(timezone.localdate(attestation.completed_at))
    facts: list[Fact] = [{"label": _("Validée le"), "value": day}]
    if validity.is_required:
        last = validity.last_day
        until = paper_day(last) if last else _("Sans limite de durée")
        rule = _("selon l’obligation en vigueur le %(day)s") % {"day": paper_day(validity.day)}
        facts.append({"label": _("Compte jusqu’au"), "value": until, "note": rule})
    if with_score and attestation.score_scaled is not None:
        # From 0 to 1 it is the share of right answers; below, nothing was right.
        percent = max(0, round(attestation.score_scaled * 100))
        facts.append({"label": _("Score"), "value": f"{percent}\N{NO-BREAK SPACE}%"})
    return facts
