"""Which service stands behind which form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton

from organisation import services
from organisation.enums import GrantRight, ScopeKind
from organisation.models import Appointment, Department, Establishment, Grant, Headcount, Person
from organisation.permissions import may_merge_people
from organisation.scopes import Scope
from users.admin.views import ServiceCreateView, ServiceEditView
from users.permissions import may_handle_privacy


class EstablishmentCreateView(ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> Establishment:
        return services.establishment_save(establishment=Establishment(), values=data, actor=actor)


class EstablishmentEditView(ServiceEditView):
    def write(self, data: dict[str, Any], actor: Any) -> Establishment:
        return services.establishment_save(establishment=self.stored(), values=data, actor=actor)


class DepartmentCreateView(ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> Department:
        return services.department_create(
            establishment=data["establishment"], name=data["name"], actor=actor
        )


class DepartmentEditView(ServiceEditView):
    def write(self, data: dict[str, Any], actor: Any) -> Department:
        stored = self.stored()
        return services.department_rename(
            department=stored, name=data["name"], site=stored.site, actor=actor
        )


class PersonCreateView(ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> Person:
        return services.person_create(actor=actor, **data)


class PersonEditView(ServiceEditView):
    @property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = list(super().header_buttons)
        if may_merge_people(user=self.request.user) and self.object.erased_at is None:
            url = reverse("doublons:person", args=[self.object.uid])
            buttons.append(HeaderButton(_("Fiches en double"), url=url, icon_name="group"))
        if may_handle_privacy(self.request.user) and self.object.erased_at is None:
            url = reverse("donnees:person", args=[self.object.uid])
            buttons.append(HeaderButton(_("Données personnelles"), url=url, icon_name="lock"))
        return buttons

    def write(self, data: dict[str, Any], actor: Any) -> Person:
        return services.person_rename(person=self.stored(), actor=actor, **data)


class AppointmentCreateView(ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> Appointment:
        return services.appointment_start(actor=actor, **data)


class AppointmentEditView(ServiceEditView):
    def write(self, data: dict[str, Any], actor: Any) -> Appointment:
        return services.appointment_end(appointment=self.stored(), ends_on=_end(data), actor=actor)


class HeadcountCreateView(ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> Headcount:
        return services.headcount_declare(actor=actor, **data)


class HeadcountEditView(ServiceEditView):
    def write(self, data: dict[str, Any], actor: Any) -> Headcount:
        stored = self.stored()
        return services.headcount_declare(
            establishment=stored.establishment,
            role=stored.role,
            as_of=stored.as_of,
            people=data["people"],
            actor=actor,
        )


class GrantCreateView(ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> Grant:
        kind = ScopeKind(data["scope"])
        place = None if kind == ScopeKind.NATION else data[kind.value]
        return services.grant_give(
            user=data["user"],
            right=GrantRight(data["right"]),
            scope=Scope(kind, place.pk if place else None),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            actor=actor,
        )


class GrantEditView(ServiceEditView):
    def write(self, data: dict[str, Any], actor: Any) -> Grant:
        return services.grant_end(grant=self.stored(), ends_on=_end(data), actor=actor)


def _end(data: dict[str, Any]) -> Any:
    """An end once set may be moved by a service, not taken away: that would rewrite history."""
    if data["ends_on"] is None:
        raise ValidationError(_("Indiquez la date de fin."))
    return data["ends_on"]
