"""People, what others know them by, their appointments, declared headcounts."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.enums import IdentifierKind

from .intervals import DatedQuerySet, interval_constraint
from .places import Department, Establishment, Site
from .roles import StaffRole


class Person(models.Model):
    """Somebody who works in a hospital. `uid` is the only name the outside ever sees.

    Of somebody who was erased the row stays without identity: a tombstone, to which what she
    learnt and where she worked refer."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("compte"),
    )
    first_name = models.CharField(_("prénom"), max_length=80, blank=True, default="")
    last_name = models.CharField(_("nom"), max_length=80, blank=True, default="")
    email = models.EmailField(_("adresse professionnelle"), blank=True, default="", db_index=True)
    erased_at = models.DateTimeField(_("identité effacée le"), null=True, editable=False)

    class Meta:
        verbose_name = _("agent")
        verbose_name_plural = _("agents")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(user=None, first_name="", last_name="", email=""),
                name="an_erased_person_has_no_identity",
            )
        ]
        permissions = [("merge_person", _("Peut fusionner deux fiches d’un même agent"))]

    def __str__(self) -> str:
        return person_name(self.last_name, self.first_name, self.erased_at, self.uid)

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()  # it is compared with verified addresses

    @property
    def full_name(self) -> str:
        return _full_name(self.last_name, self.first_name)


def person_name(
    last_name: str, first_name: str, erased_at: dt.datetime | None, uid: uuid.UUID
) -> str:
    """What a person is called, from columns: for lists so long that they are read without rows."""
    if erased_at is not None:
        return gettext("identité effacée")
    return _full_name(last_name, first_name) or str(uid)


def _full_name(last_name: str, first_name: str) -> str:
    return f"{last_name} {first_name}".strip()


class PersonAlias(models.Model):
    """A uid by which the outside still knows a person, since the row that had it turned out to be
    hers: statements are never written again, and a tablet that was offline knows no other.

    There are no chains: merging somebody takes the uids along that led to her."""

    uid = models.UUIDField(unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="aliases", verbose_name=_("agent")
    )
    merged_at = models.DateTimeField(_("fiches fusionnées le"))

    class Meta:
        verbose_name = _("ancien identifiant d’agent")
        verbose_name_plural = _("anciens identifiants d’agents")
        ordering = ["merged_at", "pk"]

    def __str__(self) -> str:
        return str(self.uid)


class PeopleApartQuerySet(models.QuerySet["PeopleApart"]):
    def about(self, person: Person) -> Self:
        """The pairs that she is one of."""
        return self.filter(Q(first=person) | Q(second=person))


class PeopleApart(models.Model):
    """Somebody looked at two rows and said: these are two people. They are not offered as
    duplicates of each other again, until somebody asks for it, one of them is merged with a third,
    or her identity is erased. A pair stands here once, the lower number first."""

    first = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("une fiche")
    )
    second = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("autre fiche")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("décidé par"),
    )
    decided_at = models.DateTimeField(_("décidé le"))

    objects = PeopleApartQuerySet.as_manager()

    class Meta:
        verbose_name = _("fiches de deux personnes")
        verbose_name_plural = _("fiches de deux personnes")
        ordering = ["-decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_people_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="two_people_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"

    @staticmethod
    def pair(one: Person, other: Person) -> dict[str, int]:
        """The columns of these two, whichever is named first."""
        first, second = sorted((one.pk, other.pk))
        return {"first_id": first, "second_id": second}


class PersonIdentifier(models.Model):
    """A number that stands for one person: a national one, or the HR number of an establishment.

    A table of its own, because people have several: a nurse her ADELI and then her RPPS number,
    somebody with two contracts two HR numbers, and everybody one in each hospital.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="identifiers", verbose_name=_("agent")
    )
    kind = models.CharField(_("nature"), max_length=8, choices=IdentifierKind.choices)
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person_identifiers",
        verbose_name=_("établissement"),
    )
    value = models.CharField(_("numéro"), max_length=40)

    class Meta:
        verbose_name = _("identifiant")
        verbose_name_plural = _("identifiants")
        ordering = ["person", "kind", "value"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=IdentifierKind.HR, establishment__isnull=False)
                | Q(
                    kind__in=[IdentifierKind.RPPS, IdentifierKind.ADELI],
                    establishment__isnull=True,
                ),
                name="only_an_hr_number_is_of_an_establishment",
            ),
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(establishment__isnull=True),
                name="national_identifier_of_one_person",
            ),
            models.UniqueConstraint(
                fields=["establishment", "value"],
                condition=Q(establishment__isnull=False),
                name="hr_number_of_one_person",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(establishment__isnull=True),
                name="one_national_identifier_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"


class AppointmentQuerySet(DatedQuerySet["Appointment"]):
    pass


class Appointment(models.Model):
    """A person works in an establishment in a role over ``[starts_on, ends_on)``."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("agent")
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("établissement"),
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("site"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("service"),
    )
    role = models.ForeignKey(
        StaffRole, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("métier")
    )
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(
        _("jusqu’au (exclu)"), null=True, blank=True, help_text=_("Vide tant que l’agent est là.")
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        ordering = ["-starts_on", "pk"]
        constraints = [interval_constraint("appointment_does_not_end_before_it_starts")]
        indexes = [models.Index(fields=["establishment", "starts_on", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role_id} [{self.starts_on}, {self.ends_on})"


class Headcount(models.Model):
    """How many people (not full-time equivalents) HR declares in a role, from a date on."""

    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="headcounts",
        verbose_name=_("établissement"),
    )
    role = models.ForeignKey(
        StaffRole, on_delete=models.PROTECT, related_name="headcounts", verbose_name=_("métier")
    )
    as_of = models.DateField(_("au"))
    people = models.PositiveIntegerField(_("personnes physiques"))

    class Meta:
        verbose_name = _("effectif déclaré")
        verbose_name_plural = _("effectifs déclarés")
        ordering = ["-as_of", "establishment", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "role", "as_of"], name="headcount_once_per_role_and_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.establishment_id} {self.role_id} {self.as_of}: {self.people}"
