"""Departments (services) of establishments."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import Department, Establishment, Site
from users.models import User
from users.services import audit_record


@transaction.atomic
def department_create(
    *,
    establishment: Establishment,
    name: str,
    site: Site | None = None,
    actor: User | None = None,
) -> Department:
    """Open a department. Raises ValidationError if the name is taken or the site is elsewhere."""
    if site is not None and site.establishment_id != establishment.pk:
        raise ValidationError({"site": _("Ce site est d’un autre établissement.")})
    department = Department(establishment=establishment, site=site, name=name.strip())
    department.full_clean()
    department.save()
    audit_record(actor=actor, action="department.create", target=str(department.uid))
    return department


@transaction.atomic
def department_rename(
    *, department: Department, name: str, site: Site | None = None, actor: User | None = None
) -> Department:
    """Rename a department and say on which site it is. Raises ValidationError as when created."""
    if site is not None and site.establishment_id != department.establishment_id:
        raise ValidationError({"site": _("Ce site est d’un autre établissement.")})
    department.name = name.strip()
    department.site = site
    department.full_clean()
    department.save()
    audit_record(actor=actor, action="department.rename", target=str(department.uid))
    return department
