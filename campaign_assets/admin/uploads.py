"""«Envoyer des fichiers»: many at once, filed once, each a draft to complete."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from campaign_assets.checks import asset_gaps
from campaign_assets.enums import AssetFormat, Language, Licence, Theme
from campaign_assets.models import Campaign, ResourcesIndexPage
from campaign_assets.permissions import may_add_assets
from campaign_assets.services.uploads import Filing, Outcome, drafts_create, uploadable_formats
from content.models import Audience

NAME = "asset_uploads"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files; each is checked later, for itself."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        if self.required and not any(files):
            raise ValidationError(self.error_messages["required"], code="required")
        return [file for file in files if file]


class UploadForm(forms.Form):
    uploads = ManyFilesField(
        label=_("Fichiers"),
        help_text=_(
            "PDF et images, quarante au plus. Un PDF et une image du même nom font une seule "
            "ressource : le fichier et son aperçu."
        ),
    )
    format = forms.ChoiceField(label=_("Sorte de ressource"))
    theme = forms.ChoiceField(label=_("Thème"), choices=Theme.choices)
    campaign = forms.ModelChoiceField(
        label=_("Campagne"), queryset=Campaign.objects.all(), required=False, empty_label="–"
    )
    language = forms.ChoiceField(label=_("Langue"), choices=Language.choices)
    audiences = forms.ModelMultipleChoiceField(
        label=_("Publics"),
        queryset=Audience.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucun choisi : pour tous."),
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices)
    credit = forms.CharField(
        label=_("Crédit"), max_length=160, help_text=_("Qui a conçu ces supports.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formats = uploadable_formats()
        self.fields["format"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in AssetFormat.choices if value in formats
        ]
        self.fields["uploads"].widget.attrs["accept"] = ".pdf,.png,.jpg,.jpeg,.webp,.gif"

    @property
    def filing(self) -> Filing:
        data = self.cleaned_data
        return Filing(
            format=AssetFormat(data["format"]),
            theme=data["theme"],
            campaign=data["campaign"],
            language=data["language"],
            licence=data["licence"],
            credit=data["credit"],
            audiences=list(data["audiences"]),
        )


class UploadView(WagtailAdminTemplateMixin, FormView):
    form_class = UploadForm
    template_name = "campaign_assets/admin/upload.html"
    page_title = _("Envoyer des fichiers")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.index = ResourcesIndexPage.objects.first()
        if self.index is None or not may_add_assets(request.user, self.index):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def form_valid(self, form: UploadForm) -> HttpResponse:
        assert self.index is not None
        user: Any = self.request.user
        try:
            outcomes = drafts_create(
                index=self.index,
                user=user,
                filing=form.filing,
                files=form.cleaned_data["uploads"],
            )
        except ValidationError as error:
            form.add_error("uploads", error)
            return self.form_invalid(form)
        context = self.get_context_data(form=None, lines=[_line(one) for one in outcomes])
        return self.render_to_response(context)


def _line(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the page tells it: what the draft still lacks, and where it is mended."""
    page = outcome.page
    gaps = [gap for gap in asset_gaps(page) if gap.is_blocking] if page else []
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""
    return {
        "names": outcome.names,
        "errors": outcome.errors,
        "page": page,
        "edit": edit,
        "gaps": [(gap.message, gap.address or edit) for gap in gaps],
    }


class UploadMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        index = ResourcesIndexPage.objects.first()
        return index is not None and may_add_assets(request.user, index)


class UploadViewSet(ViewSet):
    icon = "upload"
    menu_label = _("Envoyer des fichiers")
    menu_item_class = UploadMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [path("", UploadView.as_view(), name="index")]
