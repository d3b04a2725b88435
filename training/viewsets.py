"""Requirements, retrainings and what meetings count for, in the Wagtail admin; `courses` puts them
in its menu.

A requirement ends and is never deleted: past coverage is computed from it. A retraining is taken
back. Both say whom they concern before they are saved.
"""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.permissions import register_permission_policy

from organisation.admin.views import RelatedIndexView
from organisation.admin.viewsets import OrganisationViewSet
from organisation.enums import ScopeKind
from organisation.scopes import Scope
from training import services
from training.concerned import Concerned, requirement_concerns, retraining_concerns
from training.counted import CountedMixin
from training.models import Requirement, Retraining, Trainable
from users.admin.policies import KeepingPolicy
from users.admin.views import ServiceCreateView, ServiceEditView


def register_policies() -> None:
    """Before anything asks for a policy; once."""
    for model in (Requirement, Retraining, Trainable):
        register_permission_policy(model, KeepingPolicy(model))


def _scope(data: dict[str, Any]) -> Scope:
    kind = ScopeKind(data["scope"])
    return Scope(kind, None if kind == ScopeKind.NATION else data[kind.value].pk)


def _draft(data: dict[str, Any]) -> services.RequirementDraft:
    return services.RequirementDraft(
        trainable=data["trainable"],
        scope=_scope(data),
        starts_on=data["starts_on"],
        roles=tuple(data["roles"]),
        role_families=tuple(data["role_families"]),
        due_days=data["due_days"],
        due_on=data["due_on"],
        validity_months=data["validity_months"],
        ends_on=data["ends_on"],
    )


class CountedRequirement(CountedMixin):
    def concerned(self, data: dict[str, Any]) -> Concerned:
        return requirement_concerns(
            scope=_scope(data),
            roles=data["roles"],
            role_families=data["role_families"],
            day=timezone.localdate(),
        )


class RequirementCreateView(CountedRequirement, ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> Requirement:
        return services.requirement_save(requirement=Requirement(), draft=_draft(data), actor=actor)


class RequirementEditView(CountedRequirement, ServiceEditView):
    def write(self, data: dict[str, Any], actor: Any) -> Requirement:
        return services.requirement_update(
            requirement=self.stored(), draft=_draft(data), actor=actor
        )


class RequirementViewSet(OrganisationViewSet):
    model = Requirement
    name = "obligations"
    icon = "tasks"
    menu_label = _("Obligations de formation")
    related = ("trainable", "department", "establishment", "region")
    list_display = ["trainable", "scope", "place", "starts_on", "ends_on", "validity_months"]
    list_filter = ["scope", "trainable"]
    add_view_class = RequirementCreateView
    edit_view_class = RequirementEditView
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
                FieldPanel("starts_on"),
                FieldPanel("due_days"),
                FieldPanel("due_on"),
                FieldPanel("validity_months"),
                FieldPanel("ends_on"),
            ],
            heading=_("Quand"),
        ),
    ]


class ParticipationIndexView(RelatedIndexView):
    """Those of meetings alone: a module is its page's."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().meetings()


class ParticipationCreateView(ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> Trainable:
        return services.meeting_trainable_save(
            trainable=Trainable(), title=data["title"], actor=actor
        )


class ParticipationEditView(ServiceEditView):
    def get_object(self, queryset: Any = None) -> Trainable:
        return get_object_or_404(Trainable.objects.meetings(), pk=self.kwargs["pk"])

    def write(self, data: dict[str, Any], actor: Any) -> Trainable:
        return services.meeting_trainable_save(
            trainable=self.stored(), title=data["title"], actor=actor
        )


class ParticipationViewSet(OrganisationViewSet):
    """«Participer à une rencontre régionale»: meetings count for it, obligations ask for it."""

    model = Trainable
    name = "participations"
    icon = "date"
    menu_label = _("Participations aux rencontres")
    listing = ParticipationIndexView
    inspect_view_enabled = False
    list_display = ["title", "created_at"]
    add_view_class = ParticipationCreateView
    edit_view_class = ParticipationEditView
    panels = [
        HelpPanel(
            content=_(
                "Une participation se demande comme un module, par une obligation de formation. "
                "Elle est validée par la présence à une rencontre qui « compte pour » elle : cela "
                "se choisit sur la page de la rencontre."
            )
        ),
        FieldPanel("title"),
    ]


class RetrainingCreateView(CountedMixin, ServiceCreateView):
    def get_form(self, form_class: Any = None) -> Any:
        """A module changes; being at a meeting does not."""
        form = super().get_form(form_class)
        form.fields["trainable"].queryset = Trainable.objects.modules()
        return form

    def concerned(self, data: dict[str, Any]) -> Concerned:
        return retraining_concerns(
            trainable=data["trainable"],
            changed_on=data["changed_on"],
            day=timezone.localdate(),
        )

    def write(self, data: dict[str, Any], actor: Any) -> Retraining:
        return services.retraining_ask(actor=actor, today=timezone.localdate(), **data)


class RetrainingWithdrawView(ServiceEditView):
    """The only thing that can be done with one: take it back."""

    submit_button_label = _("Annuler cette demande")

    def write(self, data: dict[str, Any], actor: Any) -> Retraining:
        return services.retraining_withdraw(
            retraining=self.stored(), actor=actor, today=timezone.localdate()
        )


class RetrainingViewSet(OrganisationViewSet):
    model = Retraining
    name = "nouvelles-formations"
    icon = "rotate"
    menu_label = _("Modules à refaire")
    related = ("trainable", "decided_by")
    list_display = ["trainable", "changed_on", "required_from", "decided_by", "withdrawn_on"]
    list_filter = ["trainable", "required_from"]
    add_view_class = RetrainingCreateView
    edit_view_class = RetrainingWithdrawView
    panels = [
        HelpPanel(
            content=_(
                "À utiliser quand un module a changé au point que l’ancienne validation ne suffit "
                "plus. Les validations passées restent enregistrées : elles cessent seulement de "
                "compter à partir de la date choisie."
            )
        ),
        FieldPanel("trainable"),
        FieldPanel("changed_on"),
        FieldPanel("required_from"),
        FieldPanel("reason"),
    ]
    edit_panels = [
        HelpPanel(
            content=_(
                "Une demande ne se modifie pas. Annulée, elle est comme si elle n’avait pas eu "
                "lieu : les validations antérieures comptent de nouveau."
            )
        ),
        *(
            FieldPanel(name, read_only=True)
            for name in ("trainable", "changed_on", "required_from", "reason", "withdrawn_on")
        ),
    ]
