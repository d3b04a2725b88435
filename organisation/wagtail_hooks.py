"""What Wagtail's admin learns of the organisation."""

from __future__ import annotations

from wagtail import hooks

from organisation.admin.audit import NAME, AuditViewSet
from organisation.admin.choosers import CHOOSERS
from organisation.admin.viewsets import OrganisationGroup


@hooks.register("register_admin_viewset")
def register_choosers() -> list:
    return list(CHOOSERS)


@hooks.register("register_admin_viewset")
def register_organisation() -> OrganisationGroup:
    return OrganisationGroup()


@hooks.register("register_admin_viewset")
def register_audit() -> AuditViewSet:
    return AuditViewSet(NAME, url_prefix=NAME)
