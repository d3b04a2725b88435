"""«Fiches en double» in the admin: who may be one person, both side by side, one out of both."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from organisation.duplicates import (
    candidates,
    duplicates_by_address,
    duplicates_in,
    duplicates_of,
    people_said_apart,
    said_apart_from,
)
from organisation.models import Establishment, Person
from organisation.permissions import may_merge_people
from organisation.privacy import subject_of_person
from organisation.selectors import person_known_as
from organisation.services import (
    merge_refusals,
    names_read,
    people_keep_apart,
    people_merge,
    people_offer_again,
)
from users.models import User
from users.privacy.export import kept_counts

from .choosers import establishment_chooser

NAME = "doublons"


class WhereForm(forms.Form):
    """In which house to look; nowhere in particular is by address alone."""

    etablissement = forms.ModelChoiceField(
        label=gettext_lazy("Établissement"),
        queryset=Establishment.objects.all(),
        widget=establishment_chooser.widget_class,
        required=False,
        help_text=gettext_lazy(
            "Les agents qui y travaillent ou y ont travaillé : même nom, ou même adresse."
        ),
    )


class DuplicatesPage(WagtailAdminTemplateMixin, TemplateView):
    """Only for those who may merge; with the people whom the address names."""

    header_icon = "group"
    page_title = gettext_lazy("Fiches en double")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_merge_people(user=request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = list(self.breadcrumbs_items)
        if not isinstance(self, IndexPage):
            items.append({"url": reverse(f"{NAME}:index"), "label": _("Fiches en double")})
        return [*items, {"url": "", "label": self.page_title}]

    @property
    def actor(self) -> User:
        assert isinstance(self.request.user, User)  # nobody else may
        return self.request.user

    def named(self, uid: uuid.UUID) -> Person:
        """By this uid or a former one."""
        person = person_known_as(uid=uid)
        if person is None or person.erased_at is not None:
            raise Http404
        return person

    def note(self, rows: int, place: Establishment | None = None) -> None:
        if rows:
            names_read(actor=self.actor, place=place, how="duplicates", rows=rows)


class IndexPage(DuplicatesPage):
    template_name = "organisation/duplicates/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = WhereForm(self.request.GET or None)
        place = form.cleaned_data["etablissement"] if form.is_valid() else None
        found = duplicates_in(establishment=place) if place else duplicates_by_address()
        self.note(sum(len(group.candidates) for group in found.groups), place)
        return super().get_context_data(
            form=form, media=form.media, place=place, found=found, **kwargs
        )


class PersonPage(DuplicatesPage):
    """Who may be this one."""

    template_name = "organisation/duplicates/person.html"

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.person = self.named(kwargs["uid"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = self.request.GET.get("q", "").replace("\0", "").strip()[:200]
        found = duplicates_of(person=self.person, search=search)
        apart = said_apart_from(person=self.person)
        self.note(len(found) + len(apart))
        return super().get_context_data(
            person=self.person, found=found, search=search, told_apart=apart, **kwargs
        )


class PairMixin:
    """Two rows; once they are one there is nothing to do any more."""

    first: Person
    second: Person

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if may_merge_people(user=request.user):
            self.first = self.named(kwargs["first"])  # type: ignore[attr-defined]
            self.second = self.named(kwargs["second"])  # type: ignore[attr-defined]
            if self.first == self.second:
                messages.info(request, _("Ces deux fiches n’en font plus qu’une."))
                return redirect(f"{NAME}:person", self.first.uid)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ComparePage(PairMixin, DuplicatesPage):
    """Both side by side, with what is kept of each."""

    template_name = "organisation/duplicates/compare.html"
    page_title = gettext_lazy("Comparer deux fiches")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        both = candidates([self.first.pk, self.second.pk])
        counts = [kept_counts(subject_of_person(one.person)) for one in both]
        kept = [
            (entry.title, mine, theirs)
            for (entry, mine), (_entry, theirs) in zip(*counts, strict=True)
            if mine or theirs
        ]
        self.note(2)
        apart = people_said_apart(first=self.first, second=self.second)
        return super().get_context_data(both=both, kept=kept, apart=apart, **kwargs)


class ApartPage(PairMixin, DuplicatesPage):
    """They are two people: no page of its own, nothing that cannot be taken back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        people_keep_apart(
            first=self.first, second=self.second, actor=self.actor, now=timezone.now()
        )
        messages.success(
            request,
            _("Ce sont deux personnes : ces deux fiches ne seront plus proposées ensemble."),
        )
        return redirect(f"{NAME}:person", self.first.uid)


class AgainPage(PairMixin, DuplicatesPage):
    """As if nobody had said that they are two people."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        people_offer_again(first=self.first, second=self.second, actor=self.actor)
        messages.success(request, _("Ces deux fiches sont de nouveau proposées ensemble."))
        return redirect(f"{NAME}:compare", self.first.uid, self.second.uid)


class MergePage(PairMixin, DuplicatesPage):
    """`first` stays, `second` becomes a part of it: asked once, for it cannot be undone."""

    template_name = "organisation/duplicates/merge.html"
    page_title = gettext_lazy("Fusionner deux fiches")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept, gone = self.first, self.second
        refusals = merge_refusals(kept=kept, gone=gone, actor=self.actor, day=timezone.localdate())
        return super().get_context_data(
            both=candidates([kept.pk, gone.pk]),
            kept=kept,
            gone=gone,
            refusals=refusals,
            has_two_accounts=bool(kept.user and gone.user),
            has_two_addresses=bool(kept.email and gone.email and kept.email != gone.email),
            address=self.request.POST.get("address", kept.email),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        said = request.POST
        if not said.get("understood"):
            messages.error(request, _("Cochez la case avant de fusionner : rien n’a été changé."))
            return self.render_to_response(self.get_context_data(), status=422)
        try:
            person = people_merge(
                kept=self.first,
                gone=self.second,
                actor=self.actor,
                now=timezone.now(),
                is_account_emptied=bool(said.get("account")),
                address=said.get("address", ""),
            )
        except ValidationError as refusal:
            messages.error(request, " ".join([_("Rien n’a été changé."), *refusal.messages]))
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(
            request,
            _("%(name)s n’a plus qu’une fiche. Affectations : %(n)d. Les chiffres de couverture "
              "en tiennent compte.")
            % {"name": person, "n": person.appointments.count()},
        )  # fmt: skip
        return redirect(f"{NAME}:person", person.uid)


class DuplicatesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_merge_people(user=request.user)


class DuplicatesViewSet(ViewSet):
    """The «Fiches en double» entry."""

    icon = "group"
    menu_label = gettext_lazy("Fiches en double")
    menu_item_class = DuplicatesMenuItem

    def get_urlpatterns(self) -> list[Any]:
        pair = "<uuid:first>/<uuid:second>/"
        return [
            path("", IndexPage.as_view(), name="index"),
            path("<uuid:uid>/", PersonPage.as_view(), name="person"),
            path(pair, ComparePage.as_view(), name="compare"),
            path(f"{pair}fusionner/", MergePage.as_view(), name="merge"),
            path(f"{pair}deux-personnes/", ApartPage.as_view(), name="apart"),
            path(f"{pair}a-nouveau/", AgainPage.as_view(), name="again"),
        ]
