"""Staff lists in the admin: file, columns, values, preview, report; each a page with a way back."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from documents.exports import csv_response, xlsx_response
from documents.work import WorkState
from organisation.enums import IN_BACKGROUND, WAITING, ChangeKind, RosterStage
from organisation.headcounts.selectors import headcount_gaps
from organisation.models import Department, RosterImport, Site, StaffRole
from organisation.permissions import may_import_rosters
from organisation.rosters import flow, selectors
from organisation.rosters.mapping import key_of, words_unknown
from organisation.sheets.layouts import Layout
from users.models import User

from .roster_forms import ColumnsForm, ConfirmForm, DecisionForm, UploadForm

NAME = "listes"
PAGE = 50
KINDS = (ChangeKind.NEW, ChangeKind.MOVED, ChangeKind.CHANGED, ChangeKind.GONE, ChangeKind.DOUBTFUL)
STEPS = (
    ("new", gettext_lazy("Fichier")),
    ("columns", gettext_lazy("Colonnes")),
    ("words", gettext_lazy("Valeurs")),
    ("preview", gettext_lazy("Aperçu")),
    ("show", gettext_lazy("Rapport")),
)
ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
PAGE_OF = {
    RosterStage.COLUMNS: "columns",
    RosterStage.VALUES: "words",
    RosterStage.PREVIEW: "preview",
}


class RosterMixin:
    """Only for those who may import; with the list that the address names."""

    request: HttpRequest
    roster: RosterImport

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_import_rosters(user=request.user):
            raise PermissionDenied
        uid: uuid.UUID | None = kwargs.get("uid")
        if uid is not None:
            roster = selectors.roster_get(uid)
            if roster is None:
                raise Http404
            self.roster = roster
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @property
    def actor(self) -> User:
        assert isinstance(self.request.user, User)  # nobody else may import
        return self.request.user

    def go(self, name: str) -> HttpResponse:
        return redirect(f"{NAME}:{name}", self.roster.uid)

    def tell(self, refusal: ValidationError) -> None:
        messages.error(self.request, " ".join(refusal.messages))


class RosterPage(RosterMixin, WagtailAdminTemplateMixin, TemplateView):
    """One step of a list. `stages` are those in which it is of use; else the list is shown."""

    header_icon = "group"
    step = ""
    stages: ClassVar[tuple[str, ...]] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stages and self.roster.stage not in self.stages:
            return self.go("show")
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAME}:index"), "label": _("Listes du personnel")},
        ]
        if hasattr(self, "roster"):
            label = str(self.roster.establishment)
            items.append({"url": reverse(f"{NAME}:show", args=[self.roster.uid]), "label": label})
        return [*items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = [name for name, _label in STEPS]
        at = names.index(self.step) if self.step else -1
        steps = [(label, place == at, place < at) for place, (_name, label) in enumerate(STEPS)]
        roster = getattr(self, "roster", None)
        return super().get_context_data(steps=steps if at >= 0 else [], roster=roster, **kwargs)


class IndexPage(RosterPage):
    template_name = "organisation/rosters/index.html"
    page_title = gettext_lazy("Listes du personnel")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = Paginator(selectors.rosters_listed(), PAGE)
        page = pages.get_page(self.request.GET.get("p"))
        return super().get_context_data(page=page, **kwargs)


class UploadPage(RosterPage):
    template_name = "organisation/rosters/upload.html"
    page_title = gettext_lazy("Importer une liste du personnel")
    step = "new"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or UploadForm()
        return super().get_context_data(
            form=form, media=form.media, explained=selectors.columns_explained(), **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            try:
                self.roster = flow.roster_upload(
                    establishment=data["establishment"],
                    name=data["file"].name,
                    content=data["file"].file,
                    as_of=data["as_of"],
                    is_complete=bool(data["is_complete"]),
                    actor=self.actor,
                    now=timezone.now(),
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return self.go("columns")
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ColumnsPage(RosterPage):
    template_name = "organisation/rosters/columns.html"
    page_title = gettext_lazy("Colonnes")
    step = "columns"
    stages = WAITING

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        layout = Layout.of_json(self.roster.layout)
        form = kwargs.pop("form", None) or ColumnsForm(layout=layout)
        encoding = ENCODINGS.get(layout.encoding, "")
        return super().get_context_data(form=form, layout=layout, encoding=encoding, **kwargs)

    def post(self, request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
        form = ColumnsForm(request.POST, layout=Layout.of_json(self.roster.layout))
        if form.is_valid():
            try:
                flow.roster_columns_set(
                    roster=self.roster,
                    columns=form.columns(),
                    day_order=form.cleaned_data["day_order"],
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return self.go("show")
        return self.render_to_response(self.get_context_data(form=form), status=422)


class WordsPage(RosterPage):
    """What the hospital's own words mean."""

    template_name = "organisation/rosters/words.html"
    page_title = gettext_lazy("Valeurs")
    step = "words"
    stages = (RosterStage.VALUES,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.roster.establishment
        words = [(key_of(word), word) for word in words_unknown(self.roster)]
        return super().get_context_data(
            groups=[
                (kind, [one for one in words if one[1].kind == kind])
                for kind in dict.fromkeys(word.kind for _key, word in words)
            ],
            roles=StaffRole.objects.select_related("family"),
            departments=Department.objects.filter(establishment=place),
            sites=Site.objects.filter(establishment=place),
            **kwargs,
        )

    def post(self, request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
        try:
            flow.roster_words_set(roster=self.roster, answers=request.POST.dict())
        except ValidationError as refusal:
            self.tell(refusal)
        return self.go("show")


class PreviewPage(RosterPage):
    template_name = "organisation/rosters/preview.html"
    page_title = gettext_lazy("Aperçu")
    step = "preview"
    stages = (RosterStage.PREVIEW,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or ConfirmForm()
        return super().get_context_data(
            form=form,
            tiles=_tiles(self.roster),
            is_mass=flow.is_mass_leaving(self.roster),
            undecided=selectors.undecided_count(self.roster),
            is_empty=not any(self.roster.counts.get(kind, 0) for kind in KINDS),
            **kwargs,
        )

    def post(self, request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
        form = ConfirmForm(request.POST)
        if form.is_valid():
            try:
                flow.roster_confirm(
                    roster=self.roster,
                    actor=self.actor,
                    leaving=form.cleaned_data["leaving"],
                )
            except ValidationError as refusal:
                form.add_error("leaving", refusal)
            else:
                return self.go("show")
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ChangesPage(RosterPage):
    """The people to whom something of one kind happens, by name."""

    template_name = "organisation/rosters/changes.html"

    @property
    def page_title(self) -> str:
        return str(self.kind.label)

    @property
    def kind(self) -> ChangeKind:
        if self.kwargs["kind"] not in ChangeKind.values:
            raise Http404
        return ChangeKind(self.kwargs["kind"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("kind")  # as the address has it
        changes = selectors.changes_of_kind(roster=self.roster, kind=self.kind)
        page = Paginator(changes, PAGE).get_page(self.request.GET.get("p"))
        context = super().get_context_data(page=page, kind=self.kind, **kwargs)
        if self.kind == ChangeKind.DOUBTFUL:
            candidates = selectors.candidates_of(changes=page)
            decisions = self.roster.decisions
            context["doubts"] = [
                (one, candidates[one.pk], decisions.get(one.key, "")) for one in page
            ]
            context["may_decide"] = self.roster.stage == RosterStage.PREVIEW
        return context


class LinesPage(RosterPage):
    template_name = "organisation/rosters/lines.html"
    page_title = gettext_lazy("Lignes refusées")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = selectors.lines_refused(roster=self.roster)
        page = Paginator(lines, PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(page=page, **kwargs)


class ShowPage(RosterPage):
    """How far a list is: on its way, or its report. Where it waits for somebody, that step."""

    template_name = "organisation/rosters/show.html"
    step = "show"

    @property
    def page_title(self) -> str:
        is_over = self.roster.stage not in (*IN_BACKGROUND, *WAITING)
        return _("Rapport") if is_over else str(self.roster.get_stage_display())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = PAGE_OF.get(RosterStage(self.roster.stage))
        # A page that is followed by a script stays: its next step is offered as a link.
        if name and "suivi" not in request.GET:
            return self.go(name)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roster = self.roster
        day = max(roster.as_of, timezone.localdate())
        is_applied = roster.stage == RosterStage.APPLIED
        gaps = headcount_gaps(establishment=roster.establishment, day=day) if is_applied else []
        return super().get_context_data(
            tiles=_tiles(roster),
            in_background=roster.stage in IN_BACKGROUND,
            has_failed=roster.state == WorkState.FAILED,
            gaps=gaps,
            undo_refusal=flow.undo_refusal(roster, now=timezone.now()) if is_applied else "",
            refused=selectors.changes_refused(roster=roster)[: 2 * PAGE],
            **kwargs,
        )


class UndoPage(RosterPage):
    template_name = "organisation/rosters/undo.html"
    page_title = gettext_lazy("Annuler cette liste")
    stages = (RosterStage.APPLIED,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tiles=_tiles(self.roster), **kwargs)

    def post(self, request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
        try:
            flow.roster_undo(roster=self.roster, actor=self.actor, now=timezone.now())
        except ValidationError as refusal:
            self.tell(refusal)
        return self.go("show")


class DecideView(RosterMixin, View):
    """Who a doubtful person is; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
        change = self.roster.changes.filter(pk=pk).first()
        form = DecisionForm(request.POST)
        try:
            if change is None or not form.is_valid():
                raise ValidationError(_("Choisissez l’une des réponses proposées."))
            flow.roster_decide(
                roster=self.roster, change=change, decision=form.cleaned_data["decision"]
            )
        except ValidationError as refusal:
            self.tell(refusal)
            return redirect(f"{NAME}:changes", uid, ChangeKind.DOUBTFUL.value)
        messages.success(request, _("C’est noté : l’aperçu est recalculé."))
        return self.go("show")


class ActView(RosterMixin, View):
    """Giving a list up, or going on after a failure; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uid: uuid.UUID, act: str) -> HttpResponse:
        try:
            if act == "abandonner":
                flow.roster_discard(roster=self.roster, actor=self.actor)
                messages.success(request, _("La liste est abandonnée : rien n’a été enregistré."))
                return redirect(f"{NAME}:index")
            flow.roster_retry(roster=self.roster)
        except ValidationError as refusal:
            self.tell(refusal)
        return self.go("show")


class FileView(RosterMixin, View):
    """The model to fill in, or the lines to correct."""

    def get(self, request: HttpRequest, uid: uuid.UUID | None = None, kind: str = "csv") -> Any:
        table = selectors.sample_table() if uid is None else selectors.refused_table(self.roster)
        return xlsx_response(table) if kind == "xlsx" else csv_response(table)


class RosterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_import_rosters(user=request.user)


class RosterViewSet(ViewSet):
    """The «Listes du personnel» entry."""

    icon = "upload"
    menu_label = gettext_lazy("Listes du personnel")
    menu_item_class = RosterMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", IndexPage.as_view(), name="index"),
            path("nouvelle/", UploadPage.as_view(), name="new"),
            path("modele.csv", FileView.as_view(), name="sample"),
            path("modele.xlsx", FileView.as_view(), {"kind": "xlsx"}, name="sample_xlsx"),
            path("<uuid:uid>/", ShowPage.as_view(), name="show"),
            path("<uuid:uid>/colonnes/", ColumnsPage.as_view(), name="columns"),
            path("<uuid:uid>/valeurs/", WordsPage.as_view(), name="words"),
            path("<uuid:uid>/apercu/", PreviewPage.as_view(), name="preview"),
            path("<uuid:uid>/agents/<slug:kind>/", ChangesPage.as_view(), name="changes"),
            path("<uuid:uid>/lignes/", LinesPage.as_view(), name="lines"),
            path("<uuid:uid>/lignes.csv", FileView.as_view(), name="lines_file"),
            path("<uuid:uid>/decider/<int:pk>/", DecideView.as_view(), name="decide"),
            path("<uuid:uid>/annuler/", UndoPage.as_view(), name="undo"),
            path("<uuid:uid>/<slug:act>/", ActView.as_view(), name="act"),
        ]


def _tiles(roster: RosterImport) -> list[tuple[ChangeKind, int]]:
    """Each kind of change with the number of people."""
    return [(kind, roster.counts.get(kind, 0)) for kind in KINDS]
