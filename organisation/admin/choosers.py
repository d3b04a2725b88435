"""Choosers for what is too numerous for a drop-down list.

A chooser is open to whoever may enter the admin; people and accounts are shown only to those who
have work to do with them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from organisation.models import Department, Establishment, Person
from organisation.search import words_filter


class GuardMixin:
    """Only for holders of one of these permissions."""

    permissions: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if self.permissions and not any(user.has_perm(name) for name in self.permissions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class WordsFilterForm(BaseFilterForm):
    """Search by Django's own means: these models are not in the search index."""

    lookups: tuple[str, ...] = ()
    establishments: tuple[str, ...] = ()

    q = forms.CharField(label=_("Rechercher"), required=False, max_length=200)

    def filter(self, objects: Any) -> Any:
        """Every word has to be found somewhere."""
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        objects = words_filter(
            objects, self.search_query, lookups=self.lookups, establishments=self.establishments
        )
        return super().filter(objects).distinct() if self.is_searching else objects


class ListMixin(GuardMixin):
    """What tells two of the same name apart stands in a column of its own."""

    related: tuple[str, ...] = ()
    details: dict[str, Any] = {}
    where: dict[str, Any] = {}

    @property
    def columns(self) -> list[Column]:
        extra = [Column(name, label=label, accessor=name) for name, label in self.details.items()]
        return super().columns + extra  # type: ignore[misc]

    def get_object_list(self) -> Any:
        rows = super().get_object_list().select_related(*self.related)  # type: ignore[misc]
        return rows.filter(**self.where)


def _views(
    *,
    lookups: tuple[str, ...] = (),
    establishments: tuple[str, ...] = (),
    permissions: tuple[str, ...] = (),
    related: tuple[str, ...] = (),
    details: dict[str, Any] | None = None,
    where: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The four views of a chooser, guarded alike."""
    guard = {"permissions": permissions}
    listing = {
        **guard,
        "related": related,
        "details": details or {},
        "where": where or {},
        "filter_form_class": type(
            "FilterForm",
            (WordsFilterForm,),
            {"lookups": lookups, "establishments": establishments},
        ),
    }
    return {
        "choose_view_class": type("Choose", (ListMixin, chooser.ChooseView), listing),
        "choose_results_view_class": type(
            "Results", (ListMixin, chooser.ChooseResultsView), listing
        ),
        "chosen_view_class": type("Chosen", (GuardMixin, chooser.ChosenView), guard),
        "chosen_multiple_view_class": type(
            "ChosenMultiple", (GuardMixin, chooser.ChosenMultipleView), guard
        ),
    }


establishment_chooser = ChooserViewSet(
    "organisation_establishment_chooser",
    model=Establishment,
    icon="home",
    choose_one_text=_("Choisir un établissement"),
    choose_another_text=_("Choisir un autre établissement"),
    **_views(
        establishments=("",),
        related=("region",),
        details={"finess_ej": _("FINESS"), "region": _("Région")},
    ),
)
department_chooser = ChooserViewSet(
    "organisation_department_chooser",
    model=Department,
    icon="group",
    choose_one_text=_("Choisir un service"),
    choose_another_text=_("Choisir un autre service"),
    **_views(
        lookups=("name",),
        establishments=("establishment__",),
        related=("establishment",),
        details={"establishment": _("Établissement")},
    ),
)
person_chooser = ChooserViewSet(
    "organisation_person_chooser",
    model=Person,
    icon="user",
    choose_one_text=_("Choisir un agent"),
    choose_another_text=_("Choisir un autre agent"),
    **_views(
        lookups=("last_name", "first_name", "email"),
        details={"email": _("Adresse")},
        where={"erased_at": None},
        permissions=(
            "organisation.add_appointment",
            "organisation.change_appointment",
            "organisation.change_person",
        ),
    ),
)
account_chooser = ChooserViewSet(
    "organisation_account_chooser",
    model=get_user_model(),
    icon="user",
    choose_one_text=_("Choisir un compte"),
    choose_another_text=_("Choisir un autre compte"),
    # Only where a form here asks for it: other rooms decide for themselves how to choose accounts.
    register_widget=False,
    **_views(
        lookups=("email", "last_name", "first_name"),
        details={"email": _("Adresse")},
        permissions=("organisation.add_grant", "organisation.change_grant"),
    ),
)

CHOOSERS = (establishment_chooser, department_chooser, person_chooser, account_chooser)
