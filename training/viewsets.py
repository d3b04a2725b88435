"""Requirements in the Wagtail admin; `courses` puts them in its menu.

A requirement ends and is never deleted: past coverage is computed from it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.permissions import register_permission_policy

from organisation.admin.viewsets import OrganisationViewSet
from training.models import Requirement
from users.admin.policies import KeepingPolicy


def register_policies() -> None:
    """Before anything asks for a policy; once."""
    register_permission_policy(Requirement, KeepingPolicy(Requirement))


class RequirementViewSet(OrganisationViewSet):
    model = Requirement
    name = "obligations"
    icon = "tasks"
    menu_label = _("Obligations de formation")
    related = ("trainable",)
    list_display = ["trainable", "scope", "starts_on", "ends_on", "validity_months"]
    list_filter = ["scope", "trainable"]
    panels = [
        FieldPanel("trainable"),
        MultiFieldPanel(
            [
                FieldPanel("scope"),
                FieldPanel("region"),
                FieldPanel("establishment"),
                FieldPanel("department"),
            ],
            heading=_("Où"),
        ),
        MultiFieldPanel(
            [FieldPanel("role_families"), FieldPanel("roles")],
            heading=_("Pour qui"),
            help_text=_("Sans filière ni métier, l’obligation vaut pour tout le monde."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("due_days"),
                FieldPanel("validity_months"),
                FieldPanel("starts_on"),
                FieldPanel("ends_on"),
            ],
            heading=_("Quand"),
        ),
    ]
