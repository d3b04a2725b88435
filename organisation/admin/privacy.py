"""«Données personnelles» in the admin: what the retention periods did, the erasures that wait, and
one person's data given out or erased where she asked on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from organisation.models import Person
from organisation.privacy import subject_of_person
from organisation.selectors import person_known_as
from users.models import ErasureRequest, User
from users.permissions import may_handle_privacy
from users.privacy.erasure import subject_erase
from users.privacy.export import export_chapters, export_json
from users.privacy.registry import retention_of
from users.privacy.retention import retention_apply, retention_states
from users.services import audit_record

NAME = "donnees"
WAITING = 50


class PrivacyMixin:
    """Only for those who answer for the data; with the person that the address names."""

    request: HttpRequest
    person: Person

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_handle_privacy(request.user):
            raise PermissionDenied
        uid: uuid.UUID | None = kwargs.get("uid")
        if uid is not None:
            person = person_known_as(uid=uid)
            if person is None or person.erased_at is not None:
                raise Http404
            self.person = person
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @property
    def actor(self) -> User:
        assert isinstance(self.request.user, User)  # nobody else may
        return self.request.user


class PrivacyPage(PrivacyMixin, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "lock"
    page_title = gettext_lazy("Données personnelles")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = list(self.breadcrumbs_items)
        if hasattr(self, "person"):
            items.append({"url": reverse(f"{NAME}:index"), "label": _("Données personnelles")})
        return [*items, {"url": "", "label": self.page_title}]


class IndexPage(PrivacyPage):
    template_name = "organisation/privacy/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = ErasureRequest.objects.filter(withdrawn_at=None, done_at=None)
        after = retention_of("erasures").kept
        waiting = [(one, one.due_at(after)) for one in asked.select_related("user")[:WAITING]]
        return super().get_context_data(
            states=retention_states(), waiting=waiting, total=asked.count(), **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Apply the periods now; they would run in the night."""
        runs = retention_apply(now=timezone.now())
        failed = [run for run in runs if run.error]
        count = sum(run.count or 0 for run in runs)
        if failed:
            messages.error(request, _("Des règles ont échoué : voyez le tableau."))
        else:
            messages.success(request, _("Règles appliquées : %(n)d effacements.") % {"n": count})
        return redirect(f"{NAME}:index")


class PersonPage(PrivacyPage):
    """What is kept of one person, and the two things to do with it."""

    template_name = "organisation/privacy/person.html"

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _note(self.actor, "people.names_read", self.person)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chapters = [one for one in export_chapters(subject_of_person(self.person)) if one.parts]
        return super().get_context_data(chapters=chapters, person=self.person, **kwargs)

    def post(self, request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
        if not request.POST.get("understood"):
            messages.error(request, _("Cochez la case avant d’effacer : rien n’a été effacé."))
            return redirect(f"{NAME}:person", uid)
        subject_erase(
            subject=subject_of_person(self.person),
            actor=self.actor,
            now=timezone.now(),
            why="office",
        )
        messages.success(request, _("L’identité est effacée."))
        return redirect(f"{NAME}:index")


class PersonFileView(PrivacyMixin, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, uid: uuid.UUID) -> StreamingHttpResponse:
        _note(self.actor, "personal_data.export", self.person)
        return StreamingHttpResponse(
            export_json(subject_of_person(self.person), at=timezone.now()),
            content_type="application/json; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="donnees-{uid}.json"'},
        )


def _note(actor: User, action: str, person: Person) -> None:
    audit_record(actor=actor, action=action, target=f"person:{person.uid}")


class PrivacyMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_handle_privacy(request.user)


class PrivacyViewSet(ViewSet):
    """The «Vie privée» entry; the page's own title is too long for the menu."""

    icon = "lock"
    menu_label = gettext_lazy("Vie privée")
    menu_item_class = PrivacyMenuItem
    menu_order = 335
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", IndexPage.as_view(), name="index"),
            path("agent/<uuid:uid>/", PersonPage.as_view(), name="person"),
            path("agent/<uuid:uid>.json", PersonFileView.as_view(), name="person_file"),
        ]
