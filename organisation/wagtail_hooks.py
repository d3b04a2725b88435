"""What Wagtail's admin learns of the organisation."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from organisation.admin.audit import NAME, AuditViewSet
from organisation.admin.choosers import CHOOSERS
from organisation.admin.privacy import NAME as PRIVACY
from organisation.admin.privacy import PrivacyViewSet
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


@hooks.register("register_admin_viewset")
def register_privacy() -> PrivacyViewSet:
    return PrivacyViewSet(PRIVACY, url_prefix="donnees-personnelles")


@hooks.register("register_permissions")
def register_privacy_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="users", codename="change_erasurerequest"
    )


@hooks.register("register_permissions")
def register_roster_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="organisation", codename="add_rosterimport"
    )
