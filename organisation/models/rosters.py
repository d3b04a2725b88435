"""The staff lists that hospitals send.

A **roster import** is one file on its way: columns, values, preview, and then, once somebody has
confirmed it, the people as the file says. Its **lines** are what was read, its **changes** what it
does to each person, with what was there before, so that it can be undone. What a hospital's own
words mean (**mappings**) and where its columns stand (**layout**) is remembered for its next file.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Work
from organisation.enums import ChangeKind, RosterStage, ValueKind

from .people import Person
from .places import Department, Establishment, Site
from .roles import StaffRole

UNDO_DAYS = 30


class RosterImport(Work):
    """One file of one establishment. `stage` says what comes next, `state` how far the background
    work of that stage is. `file` is its name in the private storage while it is needed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="rosters",
        verbose_name=_("établissement"),
    )
    stage = models.CharField(
        _("étape"), max_length=16, choices=RosterStage.choices, default=RosterStage.COLUMNS
    )
    as_of = models.DateField(_("état au"))
    is_complete = models.BooleanField(_("liste complète"), default=True)
    file_name = models.CharField(_("fichier"), max_length=255)
    file = models.CharField(max_length=200, blank=True, default="", editable=False)
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    layout = models.JSONField(default=dict, editable=False)
    decisions = models.JSONField(default=dict, editable=False)
    counts = models.JSONField(_("décompte"), default=dict)
    outcome = models.JSONField(default=dict, editable=False)
    plan_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    notice = models.TextField(blank=True, default="", editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="rosters",
        verbose_name=_("envoyé par"),
    )
    requested_at = models.DateTimeField(_("envoyé le"))
    applied_at = models.DateTimeField(_("appliqué le"), null=True)
    undone_at = models.DateTimeField(_("annulé le"), null=True)

    class Meta:
        verbose_name = _("liste du personnel")
        verbose_name_plural = _("listes du personnel")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["establishment", "stage", "as_of"])]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.as_of})"

    @property
    def undo_until(self) -> dt.datetime | None:
        return self.applied_at + dt.timedelta(days=UNDO_DAYS) if self.applied_at else None


class RosterLine(models.Model):
    """A line as it was read: `values` by the names of the fields, or the `problem` for which it is
    refused; `conflict` is the same for a line that contradicts another one."""

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("ligne"))
    values = models.JSONField(default=dict)
    problem = models.TextField(_("motif"), blank=True, default="")
    conflict = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("ligne")
        verbose_name_plural = _("lignes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "number"], name="roster_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.roster_id}:{self.number}"


class RosterChange(models.Model):
    """What a file does to one person. `details` tells the screen; `effects` are the rows written,
    with what was there before, from the moment it is applied."""

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=16, choices=ChangeKind.choices)
    key = models.CharField(max_length=270)
    name = models.CharField(_("agent"), max_length=170)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="roster_changes"
    )
    lines = models.JSONField(default=list)
    details = models.JSONField(default=list)
    effects = models.JSONField(default=dict)
    refusal = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("changement")
        verbose_name_plural = _("changements")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["roster", "kind", "name"])]

    def __str__(self) -> str:
        return f"{self.roster_id} {self.kind} {self.key}"


class RosterMapping(models.Model):
    """What a word of an establishment's files means. `source` is the word folded, `label` as it was
    written. With nothing chosen, the word is known to mean nothing: it is left out. A department
    that does not exist yet is `new_name`, and is made when a file is applied."""

    establishment = models.ForeignKey(
        Establishment, on_delete=models.CASCADE, related_name="roster_mappings"
    )
    kind = models.CharField(max_length=16, choices=ValueKind.choices)
    source = models.CharField(max_length=200)
    label = models.CharField(max_length=200)
    role = models.ForeignKey(StaffRole, on_delete=models.CASCADE, null=True, related_name="+")
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, null=True, related_name="+"
    )
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+")
    new_name = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        verbose_name = _("correspondance")
        verbose_name_plural = _("correspondances")
        ordering = ["kind", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "kind", "source"], name="roster_word_means_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(kind=ValueKind.ROLE, department=None, site=None, new_name="")
                | Q(kind=ValueKind.DEPARTMENT, role=None, site=None)
                | Q(kind=ValueKind.SITE, role=None, department=None, new_name=""),
                name="roster_mapping_means_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.establishment_id} {self.kind} {self.label}"


class RosterLayout(models.Model):
    """Where an establishment's files have what: {field: folded title of its column}."""

    establishment = models.OneToOneField(
        Establishment, on_delete=models.CASCADE, related_name="roster_layout"
    )
    columns = models.JSONField(default=dict)
    day_order = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        verbose_name = _("disposition des colonnes")
        verbose_name_plural = _("dispositions des colonnes")

    def __str__(self) -> str:
        return f"{self.establishment_id}"
