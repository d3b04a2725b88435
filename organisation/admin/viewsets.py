"""The «Organisation» menu."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Grant,
    Headcount,
    Person,
    StaffRole,
)

from .choosers import account_chooser
from .duplicates import NAME as DUPLICATES
from .duplicates import DuplicatesViewSet
from .records import (
    AppointmentCreateView,
    AppointmentEditView,
    DepartmentCreateView,
    DepartmentEditView,
    EstablishmentCreateView,
    EstablishmentEditView,
    GrantCreateView,
    GrantEditView,
    HeadcountCreateView,
    HeadcountEditView,
    PersonCreateView,
    PersonEditView,
)
from .rosters import NAME as ROSTERS
from .rosters import RosterViewSet
from .views import NamesIndexView, PeopleIndexView, RelatedIndexView


class OrganisationViewSet(ModelViewSet):
    """What all have in common; `edit_panels` when less can be changed later than said at first."""

    add_to_reference_index = False  # nothing publishable refers to these rows
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    related: tuple[str, ...] = ()
    listing: type[RelatedIndexView] = RelatedIndexView
    establishments: tuple[str, ...] = ()
    panels: list[Any] = []
    edit_panels: list[Any] | None = None

    @property
    def index_view_class(self) -> type[RelatedIndexView]:
        shown = {"related": self.related, "establishments": self.establishments}
        return type("IndexView", (self.listing,), shown)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_edit_view_kwargs(**kwargs)
        if self.edit_panels is not None:
            handler = ObjectList(self.edit_panels).bind_to_model(self.model)
            options |= {"panel": handler, "form_class": handler.get_form_class()}
        return options

    def get_permissions_to_register(self) -> Any:
        permissions = super().get_permissions_to_register()
        return permissions.exclude(codename__startswith="delete_")


class EstablishmentViewSet(OrganisationViewSet):
    model = Establishment
    icon = "home"
    related = ("region",)
    list_display = ["name", "finess_ej", "family", "region", "closed_on"]
    list_filter = ["family", "sector", "region"]
    search_fields = ["name"]
    establishments = ("",)
    add_view_class = EstablishmentCreateView
    edit_view_class = EstablishmentEditView
    panels = [
        FieldPanel("name"),
        FieldPanel("finess_ej"),
        MultiFieldPanel(
            [FieldPanel("family"), FieldPanel("sector"), FieldPanel("region")],
            heading=_("Classement"),
            help_text=_("Repris du registre FINESS quand celui-ci change les sites."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("hotline"),
                FieldPanel("security_contact_name"),
                FieldPanel("security_contact_email"),
            ],
            heading=_("En cas d’incident"),
        ),
        FieldPanel("closed_on", read_only=True),
    ]


class DepartmentViewSet(OrganisationViewSet):
    model = Department
    icon = "group"
    related = ("establishment",)
    list_display = ["name", "establishment"]
    list_filter = ["establishment__region"]
    search_fields = ["name"]
    establishments = ("establishment__",)
    add_view_class = DepartmentCreateView
    edit_view_class = DepartmentEditView
    panels = [FieldPanel("establishment"), FieldPanel("name")]
    edit_panels = [FieldPanel("establishment", read_only=True), FieldPanel("name")]


class PersonViewSet(OrganisationViewSet):
    model = Person
    listing = PeopleIndexView
    icon = "user"
    related = ("user",)
    list_display = ["last_name", "first_name", "email", "user"]
    search_fields = ["last_name", "first_name", "email", "identifiers__value"]
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    panels = [
        FieldPanel("last_name"),
        FieldPanel("first_name"),
        FieldPanel(
            "email",
            help_text=_("Relie l’agent à son compte dès que celui-ci a prouvé cette adresse."),
        ),
    ]


class AppointmentViewSet(OrganisationViewSet):
    model = Appointment
    listing = NamesIndexView
    icon = "date"
    related = ("person", "role", "establishment", "department")
    list_display = ["person", "role", "establishment", "department", "starts_on", "ends_on"]
    list_filter = ["role__family", "establishment__region", "starts_on"]
    search_fields = ["person__last_name", "person__first_name"]
    establishments = ("establishment__",)
    add_view_class = AppointmentCreateView
    edit_view_class = AppointmentEditView
    panels = [
        FieldPanel("person"),
        FieldPanel("establishment"),
        FieldPanel("department"),
        FieldPanel("role"),
        FieldPanel("starts_on"),
        FieldPanel("ends_on"),
    ]
    edit_panels = [
        HelpPanel(
            content=_(
                "Une affectation se termine, elle ne se modifie pas : pour un changement de "
                "service ou de métier, terminez-la et créez la suivante le même jour. Une "
                "affectation saisie par erreur se termine le jour où elle commence."
            )
        ),
        *(FieldPanel(name, read_only=True) for name in ("person", "establishment", "department")),
        *(FieldPanel(name, read_only=True) for name in ("role", "starts_on")),
        FieldPanel("ends_on"),
    ]


class HeadcountViewSet(OrganisationViewSet):
    model = Headcount
    icon = "table"
    related = ("establishment", "role")
    list_display = ["establishment", "role", "as_of", "people"]
    list_filter = ["role__family", "establishment__region"]
    search_fields = ["role__name"]
    establishments = ("establishment__",)
    add_view_class = HeadcountCreateView
    edit_view_class = HeadcountEditView
    panels = [
        FieldPanel("establishment"),
        FieldPanel("role"),
        FieldPanel("as_of"),
        FieldPanel("people"),
    ]
    edit_panels = [
        *(FieldPanel(name, read_only=True) for name in ("establishment", "role", "as_of")),
        FieldPanel("people"),
    ]


class GrantViewSet(OrganisationViewSet):
    model = Grant
    listing = NamesIndexView
    icon = "key"
    related = ("user", "department", "establishment", "region")
    list_display = ["user", "right", "scope", "place", "starts_on", "ends_on"]
    list_filter = ["right", "scope"]
    search_fields = ["user__email", "user__last_name"]
    establishments = ("establishment__",)
    add_view_class = GrantCreateView
    edit_view_class = GrantEditView
    panels = [
        FieldPanel("user", widget=account_chooser.widget_class),
        FieldPanel("right"),
        MultiFieldPanel(
            [
                FieldPanel("scope"),
                FieldPanel("department"),
                FieldPanel("establishment"),
                FieldPanel("region"),
            ],
            heading=_("Portée"),
            help_text=_("Indiquez le lieu de la portée choisie, et lui seul."),
        ),
        FieldPanel("starts_on"),
        FieldPanel("ends_on"),
    ]
    edit_panels = [
        *(FieldPanel(name, read_only=True) for name in ("user", "right", "scope", "department")),
        *(FieldPanel(name, read_only=True) for name in ("establishment", "region", "starts_on")),
        FieldPanel("ends_on"),
    ]


class StaffRoleViewSet(OrganisationViewSet):
    model = StaffRole
    icon = "clipboard-list"
    related = ("family",)
    list_display = ["name", "family", "code", "position"]
    list_filter = ["family"]
    search_fields = ["name", "code"]
    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldPanel("family"),
        FieldPanel("position"),
    ]
    edit_panels = [
        FieldPanel("name"),
        FieldPanel("code", read_only=True),
        FieldPanel("family", read_only=True),
        FieldPanel("position"),
    ]


class OrganisationGroup(ModelViewSetGroup):
    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 300
    items = (
        EstablishmentViewSet("etablissements"),
        DepartmentViewSet("services"),
        PersonViewSet("agents"),
        DuplicatesViewSet(DUPLICATES, url_prefix="agents-en-double"),
        AppointmentViewSet("affectations"),
        RosterViewSet(ROSTERS, url_prefix="listes-du-personnel"),
        HeadcountViewSet("effectifs"),
        GrantViewSet("habilitations"),
        StaffRoleViewSet("metiers"),
    )
