"""Mail inspection: what in this message should raise suspicion."""

from __future__ import annotations

import random
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from courses.exercises.base import Content, parts_of, refused
from courses.exercises.marking import Marking


class PartKind(models.TextChoices):
    SENDER = "sender", gettext_lazy("Expéditeur")
    REPLY_TO = "reply_to", gettext_lazy("Répondre à")
    DATE = "date", gettext_lazy("Date")
    SUBJECT = "subject", gettext_lazy("Objet")
    TEXT = "text", gettext_lazy("Texte")
    LINK = "link", gettext_lazy("Lien")
    ATTACHMENT = "attachment", gettext_lazy("Pièce jointe")


HEADING = (PartKind.SUBJECT, PartKind.SENDER, PartKind.REPLY_TO, PartKind.DATE)
"""The parts of the heading, as a mail program shows them."""
WITH_TARGET = (PartKind.SENDER, PartKind.LINK)


class MailPartBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=gettext_lazy("Partie"), choices=PartKind.choices, default=PartKind.TEXT
    )
    text = blocks.TextBlock(
        label=gettext_lazy("Ce qui est affiché"),
        max_length=1000,
        rows=2,
        help_text=gettext_lazy(
            "Le nom de l’expéditeur, l’intitulé du lien, le nom du fichier joint, ou le texte."
        ),
    )
    target = blocks.CharBlock(
        label=gettext_lazy("Adresse réelle"),
        required=False,
        max_length=255,
        help_text=gettext_lazy(
            "D’un expéditeur ou d’un lien : l’adresse qui se cache derrière. Un nom de domaine "
            "en « .example » n’appartient à personne. Elle n’est jamais cliquable."
        ),
    )
    is_suspicious = blocks.BooleanBlock(
        label=gettext_lazy("C’est un indice"),
        required=False,
        help_text=gettext_lazy("L’agent doit le marquer."),
    )
    feedback = blocks.TextBlock(
        label=gettext_lazy("Pourquoi"),
        required=False,
        max_length=500,
        rows=2,
        help_text=gettext_lazy(
            "Montré après la réponse. Une partie sans explication ne peut pas être marquée."
        ),
    )

    class Meta:
        label_format = "{kind} : {text}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {}
        if cleaned["kind"] in WITH_TARGET and not cleaned["target"]:
            errors["target"] = ValidationError(
                _("Indiquez l’adresse réelle de cet expéditeur ou de ce lien.")
            )
        if cleaned["is_suspicious"] and not cleaned["feedback"]:
            errors["feedback"] = ValidationError(_("Dites pourquoi c’est un indice."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


class MailBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Titre"), max_length=120)
    instruction = blocks.TextBlock(
        label=gettext_lazy("Consigne"),
        max_length=300,
        rows=2,
        default=gettext_lazy("Marquez tout ce qui doit vous alerter dans ce message."),
    )
    parts = blocks.ListBlock(
        MailPartBlock(),
        label=gettext_lazy("Le message"),
        min_num=3,
        max_num=20,
        help_text=gettext_lazy(
            "L’en-tête, puis le corps dans l’ordre de lecture. Trois à six indices, et au moins "
            "une partie sans danger que l’on pourrait prendre pour un indice."
        ),
    )
    conclusion = blocks.TextBlock(
        label=gettext_lazy("Conclusion"),
        max_length=500,
        rows=2,
        help_text=gettext_lazy("Ce qu’il faut faire d’un tel message."),
    )

    class Meta:
        icon = "mail"
        label = gettext_lazy("Courriel à examiner")
        group = gettext_lazy("Exercices")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        parts = list(cleaned["parts"])
        kinds = [part["kind"] for part in parts]
        for kind in HEADING:
            if kinds.count(kind) > 1:
                raise refused(_("« %(part)s » figure deux fois.") % {"part": kind.label})
        for kind in (PartKind.SENDER, PartKind.SUBJECT):
            if kind not in kinds:
                raise refused(_("Il manque une partie « %(part)s ».") % {"part": kind.label})
        if not any(part["is_suspicious"] for part in parts):
            raise refused(_("Aucune partie n’est un indice : il n’y a rien à trouver."))
        if not any(part["feedback"] and not part["is_suspicious"] for part in parts):
            raise refused(
                _(
                    "Tout ce qui peut être marqué est un indice : donnez une explication à une "
                    "partie sans danger au moins, sinon il suffit de tout marquer."
                )
            )
        return cleaned


class Mail(Marking):
    kind: ClassVar[str] = "mail"

    def frozen(self, value: blocks.StructValue, rng: random.Random) -> Content:
        return {
            "title": value["title"],
            "instruction": value["instruction"],
            "conclusion": value["conclusion"],
            "parts": [
                {
                    "uid": uid,
                    "kind": part["kind"],
                    "text": part["text"],
                    "target": part["target"],
                    "is_right": part["is_suspicious"],
                    "feedback": part["feedback"],
                }
                for uid, part in parts_of(value["parts"])
            ],
        }

    def options(self, content: Content) -> list[dict[str, Any]]:
        return [part for part in content["parts"] if part["feedback"]]

    def asked(self, content: Content, so_far: Any) -> Any:
        return self._laid_out(content, {})

    def review(self, content: Content, response: list[str]) -> Any:
        return {
            **self._laid_out(content, self.verdicts(content, response)),
            **self.counts(content, response),
        }

    def _laid_out(self, content: Content, verdicts: dict[str, Any]) -> dict[str, Any]:
        """The parts where a mail program shows them: `heading`, `body`, `attachments`."""
        parts = [
            {
                **part,
                "label": PartKind(part["kind"]).label,
                "is_markable": bool(part["feedback"]),
                "verdict": verdicts.get(part["uid"]),
            }
            for part in content["parts"]
        ]
        return {
            "heading": [part for kind in HEADING for part in parts if part["kind"] == kind],
            "body": [part for part in parts if part["kind"] in (PartKind.TEXT, PartKind.LINK)],
            "attachments": [part for part in parts if part["kind"] == PartKind.ATTACHMENT],
        }
