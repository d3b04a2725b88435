"""What can be required and completed.

A `Trainable` is the stable identity of a training: its page may be rewritten, moved or deleted, the
evidence stays. A `Requirement` says who has to take it, in which scope, and for how long a
completion counts. A `Completion` is a projection of the statement that proves it.

A `Retraining` says that a training changed so much that older completions stop counting from a day
on. A `DeclaredCompletion` is the record behind a statement that somebody in charge made for a
person: that she attended a team session, or followed the training before the platform was there.

An `Attestation` is the record of a paper that was handed out, whatever becomes of the page and of
the projection; an `AttestationArchive` packs many of them for a manager.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models import Archive
from organisation.models import Person, RoleFamily, ScopedModel, StaffRole
from organisation.models.intervals import DatedQuerySet, interval_constraint
from training.enums import DECLARED, Provenance, TrainableKind
from training.terms import Terms


class TrainableQuerySet(models.QuerySet["Trainable"]):
    def modules(self) -> TrainableQuerySet:
        """What is read and answered: it can be followed in a team, imported, taken again."""
        return self.filter(kind=TrainableKind.MODULE)

    def meetings(self) -> TrainableQuerySet:
        """What is fulfilled by being there."""
        return self.filter(kind=TrainableKind.MEETING)


class Trainable(models.Model):
    """Something that can be required and completed: a module, or taking part in a meeting."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("nature"), max_length=8, choices=TrainableKind.choices, default=TrainableKind.MODULE
    )
    title = models.CharField(_("titre"), max_length=255)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)

    objects = TrainableQuerySet.as_manager()

    class Meta:
        verbose_name = _("formation")
        verbose_name_plural = _("formations")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class RequirementQuerySet(DatedQuerySet["Requirement"]):
    pass


class Requirement(ScopedModel):
    """People of these roles or families, in this scope, have to take this training."""

    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="requirements",
        verbose_name=_("formation"),
    )
    roles = models.ManyToManyField(
        StaffRole, blank=True, related_name="requirements", verbose_name=_("métiers")
    )
    role_families = models.ManyToManyField(
        RoleFamily, blank=True, related_name="requirements", verbose_name=_("filières")
    )
    due_days = models.PositiveIntegerField(
        _("délai (jours)"),
        default=90,
        help_text=_("Jours laissés à partir du début de l’obligation ou de l’affectation."),
    )
    due_on = models.DateField(
        _("échéance fixe"),
        null=True,
        blank=True,
        help_text=_(
            "Facultative : les agents déjà en poste ont jusqu’à cette date ; ceux qui arrivent "
            "plus tard gardent leur délai."
        ),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("validité (mois)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Vide : une formation validée le reste."),
    )
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"), null=True, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta(ScopedModel.Meta):
        verbose_name = _("obligation de formation")
        verbose_name_plural = _("obligations de formation")
        ordering = ["trainable__title", "pk"]
        constraints = [
            *ScopedModel.Meta.constraints,
            interval_constraint("requirement_does_not_end_before_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.trainable} ({self.place or self.get_scope_display()})"

    def clean(self) -> None:
        super().clean()
        if self.due_on is None or self.starts_on is None or self.due_days is None:
            return
        earliest = self.starts_on + dt.timedelta(days=self.due_days)
        if self.due_on < earliest:
            raise ValidationError({"due_on": _without_effect(self.due_days, earliest)})

    @property
    def terms(self) -> Terms:
        return Terms(self.starts_on, self.due_days, self.due_on, self.validity_months)

    def due_day(self, appointment_starts_on: dt.date) -> dt.date:
        """The day by which whoever holds an appointment since then has to have taken it."""
        return self.terms.asked(appointment_starts_on).due_on


def _without_effect(due_days: int, earliest: dt.date) -> str:
    text = _(
        "Avec un délai de %(days)s jours, cette échéance serait sans effet : choisissez une date "
        "à partir du %(day)s, ou un délai plus court."
    )
    return text % {"days": due_days, "day": f"{earliest:%d/%m/%Y}"}


class Completion(models.Model):
    """Projection: this person completed this training then; the statement is the evidence."""

    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="completions",
        db_index=False,
        verbose_name=_("agent"),
    )
    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="completions",
        verbose_name=_("formation"),
    )
    completed_at = models.DateTimeField(_("validée le"))
    score_scaled = models.FloatField(
        _("score"),
        null=True,
        validators=[MinValueValidator(-1), MaxValueValidator(1)],
        help_text=_("Entre -1 et 1, comme dans la trace."),
    )
    provenance = models.CharField(
        _("provenance"), max_length=16, choices=Provenance.choices, default=Provenance.OBSERVED
    )
    statement_id = models.UUIDField(_("trace"), unique=True)

    class Meta:
        verbose_name = _("formation validée")
        verbose_name_plural = _("formations validées")
        ordering = ["-completed_at", "pk"]
        indexes = [
            models.Index(fields=["trainable", "person", "completed_at"]),
            # All that lists of people ask of a completion: they are answered from it alone.
            models.Index(fields=["person", "trainable", "completed_at", "provenance"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.trainable_id} {self.completed_at:%Y-%m-%d}"


class RetrainingQuerySet(models.QuerySet["Retraining"]):
    def standing(self) -> RetrainingQuerySet:
        """Those that nobody took back."""
        return self.filter(withdrawn_on=None)


class Retraining(models.Model):
    """What was completed before `changed_on` counts no longer from `required_from` on."""

    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="retrainings",
        verbose_name=_("formation"),
    )
    changed_on = models.DateField(
        _("modifiée le"), help_text=_("Les validations antérieures à ce jour sont concernées.")
    )
    required_from = models.DateField(
        _("à refaire à partir du"),
        help_text=_("Jusqu’à la veille, les validations antérieures comptent encore."),
    )
    reason = models.CharField(
        _("motif"),
        max_length=300,
        help_text=_("Ce qui a changé, en une phrase : les agents concernés la liront."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="retrainings",
        editable=False,
        verbose_name=_("décidée par"),
    )
    decided_at = models.DateTimeField(_("décidée le"), auto_now_add=True)
    withdrawn_on = models.DateField(
        _("annulée le"),
        null=True,
        blank=True,
        help_text=_("Une demande annulée est comme si elle n’avait pas eu lieu."),
    )

    objects = RetrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("nouvelle formation demandée")
        verbose_name_plural = _("nouvelles formations demandées")
        ordering = ["-required_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(required_from__gte=F("changed_on")),
                name="retraining_not_required_before_the_change",
                violation_error_message=_(
                    "La nouvelle formation ne peut pas être exigée avant la modification."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.trainable} ({self.required_from:%d/%m/%Y})"


class DeclaredCompletionQuerySet(models.QuerySet["DeclaredCompletion"]):
    def standing(self) -> DeclaredCompletionQuerySet:
        """Those that nobody took back."""
        return self.filter(withdrawn_at=None)


class DeclaredCompletion(models.Model):
    """Record: somebody in charge declared that this person followed this training then."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="declarations", verbose_name=_("agent")
    )
    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="declarations",
        verbose_name=_("formation"),
    )
    completed_at = models.DateTimeField(_("suivie le"))
    provenance = models.CharField(
        _("provenance"), max_length=16, choices=[(one.value, one.label) for one in DECLARED]
    )
    instructor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="declarations_made",
        verbose_name=_("déclarée par"),
    )
    batch = models.UUIDField(_("lot"), db_index=True, help_text=_("Déclarées ensemble."))
    declared_at = models.DateTimeField(_("déclarée le"))
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True)
    withdrawn_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="declarations_withdrawn",
        verbose_name=_("retirée par"),
    )

    objects = DeclaredCompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("formation déclarée")
        verbose_name_plural = _("formations déclarées")
        ordering = ["-completed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "trainable", "completed_at", "provenance"],
                condition=Q(withdrawn_at=None),
                name="declared_once_until_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="declaration_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.trainable_id} {self.completed_at:%Y-%m-%d}"


class Attestation(models.Model):
    """The attestation of one completion, as it was when it was first asked for.

    It has no name of its own: the person's stands on it, so that a correction reaches the next copy
    and an erased person leaves none behind.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="attestations", verbose_name=_("agent")
    )
    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="attestations",
        verbose_name=_("formation"),
    )
    title = models.CharField(
        _("intitulé"), max_length=255, help_text=_("Celui du jour de la formation.")
    )
    completed_at = models.DateTimeField(_("validée le"))
    score_scaled = models.FloatField(_("score"), null=True)
    provenance = models.CharField(
        _("provenance"), max_length=16, choices=Provenance.choices, default=Provenance.OBSERVED
    )
    statement_id = models.UUIDField(_("trace"), unique=True)
    code = models.CharField(_("code de vérification"), max_length=12, unique=True)
    issued_at = models.DateTimeField(_("délivrée le"))

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ["-completed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.person_id} {self.trainable_id}"


class AttestationArchive(Archive, ScopedModel):
    """A manager's ZIP of the attestations of a department or an establishment.

    `attestation_ids` is what goes in, fixed when the work begins; `done` of them are in the parts
    that are stored. Whoever holds the lease works on it.
    """

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="attestation_archives",
        verbose_name=_("demandée par"),
    )
    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("formation"),
    )
    since = models.DateField(_("validées depuis le"), null=True)
    until = models.DateField(_("validées jusqu’au"), null=True)
    attestation_ids = models.JSONField(null=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("archive d’attestations")
        verbose_name_plural = _("archives d’attestations")
        ordering = ["-requested_at", "pk"]
