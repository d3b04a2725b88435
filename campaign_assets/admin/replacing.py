"""«Remplacer un fichier»: what an asset carries, another file in its place, and the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaign_assets.models import AssetPage, DesignedPage
from campaign_assets.permissions import may_replace_files
from campaign_assets.selectors import weight
from campaign_assets.selectors.replaceable import (
    Earlier,
    Slot,
    earlier_of,
    others_with,
    slot_find,
    slots_of,
)
from campaign_assets.services.replacing import Fate, fate_of, file_put_back, file_replace

# Within the group of the follow-up report, from whose lines one comes.
NAMES = "asset_report"
SHOWN = 20
"""Of the places in which a file serves, too."""

WILL_BE: dict[Fate, Any] = {
    Fate.PUBLISHED: gettext_lazy("Le nouveau fichier est publié aussitôt, à la même adresse."),
    Fate.SUBMITTED: gettext_lazy(
        "Le nouveau fichier part en relecture ; l’ancien reste en ligne jusqu’à son approbation."
    ),
    Fate.DRAFTED: gettext_lazy(
        "Le nouveau fichier entre dans le brouillon de la page ; rien n’est publié."
    ),
    Fate.JOINS_DRAFT: gettext_lazy(
        "La page a déjà des modifications qui ne sont pas publiées. Le nouveau fichier s’y ajoute, "
        "et paraîtra avec elles quand vous publierez la page."
    ),
}
DONE: dict[Fate, Any] = {
    Fate.PUBLISHED: gettext_lazy("Ce fichier est en ligne, à la même adresse."),
    Fate.SUBMITTED: gettext_lazy("Ce fichier attend sa relecture."),
    Fate.DRAFTED: gettext_lazy("Ce fichier est dans le brouillon de la page."),
    Fate.JOINS_DRAFT: gettext_lazy(
        "Ce fichier est dans le brouillon de la page ; publiez-la pour qu’il paraisse."
    ),
}


class ReplaceForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Nouveau fichier"), max_length=200)

    def __init__(self, *args: Any, slot: Slot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = f".{slot.extension}"


class AssetMixin(WagtailAdminTemplateMixin):
    """The asset in its latest state, for whoever may edit it."""

    header_icon = "doc-full-inverse"
    page_title = gettext_lazy("Fichiers")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = get_object_or_404(AssetPage, pk=kwargs["page_id"]).specific
        if not may_replace_files(request.user, page):
            raise PermissionDenied
        self.asset: Any = page.get_latest_revision_as_object()
        self.fate = fate_of(page=self.asset, user=request.user)  # type: ignore[arg-type]
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def files_address(self) -> str:
        return reverse(f"{NAMES}:files", args=[self.asset.pk])

    def get_page_subtitle(self) -> str:
        return str(self.asset.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMES}:index"), "label": _("Suivi des ressources")},
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.asset.pk]),
                "label": self.get_page_subtitle(),
            },
        ]

    def done(self, fate: Fate) -> HttpResponse:
        """Say what has become of it; who waits for a review may look at the page alone."""
        messages.success(self.request, DONE[fate])
        edit = reverse("wagtailadmin_pages:edit", args=[self.asset.pk])
        return redirect(edit if fate is Fate.SUBMITTED else self.files_address)


class FilesView(AssetMixin, TemplateView):
    """Each file with its address, its weight, since when; and those that there were."""

    template_name = "campaign_assets/admin/files.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slots = slots_of(page=self.asset)
        return super().get_context_data(
            asset=self.asset,
            lines=[_line(slot, self.asset) for slot in slots],
            earlier=earlier_of(page=self.asset) if slots else [],
            will_be=WILL_BE[self.fate],
            is_drawn=isinstance(self.asset, DesignedPage) and self.asset.is_drawn,
            edit=reverse("wagtailadmin_pages:edit", args=[self.asset.pk]),
            **kwargs,
        )


class ReplaceView(AssetMixin, FormView):
    """What is replaced, what becomes of it, where else it serves; then the new file."""

    template_name = "campaign_assets/admin/replace.html"
    form_class = ReplaceForm
    page_title = gettext_lazy("Remplacer un fichier")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = str(kwargs["key"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def slot(self) -> Slot:
        slot = slot_find(page=self.asset, key=self.key)
        if slot is None:
            raise Http404
        return slot

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.files_address, "label": _("Fichiers")},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "slot": self.slot}

    def form_valid(self, form: ReplaceForm) -> HttpResponse:
        try:
            fate = file_replace(
                page=self.asset,
                slot=self.slot,
                file=form.cleaned_data["file"],
                user=self.request.user,  # type: ignore[arg-type]
            )
        except ValidationError as error:
            form.add_error("file", error.messages)
            return self.form_invalid(form)
        return self.done(fate)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slot = self.slot
        finder = AdminURLFinder(self.request.user)
        others = others_with(slot=slot, page=self.asset)
        return super().get_context_data(
            asset=self.asset,
            line=_line(slot, self.asset),
            others=[(one, finder.get_edit_url(one)) for one in others[:SHOWN]],
            others_more=max(0, len(others) - SHOWN),
            will_be=WILL_BE[self.fate],
            is_published=self.fate is Fate.PUBLISHED,
            has_words=slot.key == "pdf",
            edit=reverse("wagtailadmin_pages:edit", args=[self.asset.pk]),
            files=self.files_address,
            **kwargs,
        )


class PutBackView(AssetMixin, View):
    """An earlier file again, by a button of the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int, field: str, pk: int) -> HttpResponse:
        earlier = next(
            (one for one in earlier_of(page=self.asset) if _is(one, field, pk)),
            None,
        )
        if earlier is None:
            messages.error(request, _("Ce fichier n’est plus là : il ne peut pas être remis."))
            return redirect(self.files_address)
        try:
            fate = file_put_back(page=self.asset, earlier=earlier, user=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.files_address)
        return self.done(fate)


def _is(earlier: Earlier, field: str, pk: int) -> bool:
    return (earlier.field, earlier.holder.pk) == (field, pk)


def _line(slot: Slot, page: AssetPage) -> dict[str, Any]:
    size = slot.size
    return {
        "slot": slot,
        "weight": weight(size) if size is not None else "",
        "replace": reverse(f"{NAMES}:replace", args=[page.pk, slot.key]),
        "picture": slot.holder if slot.field == "preview" else None,
    }


def urls() -> list[Any]:
    return [
        path("<int:page_id>/fichiers/", FilesView.as_view(), name="files"),
        path("<int:page_id>/fichiers/<slug:key>/", ReplaceView.as_view(), name="replace"),
        path(
            "<int:page_id>/fichiers/remettre/<slug:field>/<int:pk>/",
            PutBackView.as_view(),
            name="put_back",
        ),
    ]
