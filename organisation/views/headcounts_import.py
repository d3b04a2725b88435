"""«Effectifs» from a file: upload, columns, words, preview, report, undo."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.exports import FILE_RESPONSES
from organisation.enums import HeadcountStage
from organisation.headcount_forms import CountsColumnsForm, CountsUploadForm
from organisation.headcounts import flow, selectors
from organisation.headcounts.plan import CountKind, CountsPlan
from organisation.models import Establishment, HeadcountImport, StaffRole
from organisation.permissions import may_go_on_with_headcounts, scopes_with_headcounts
from organisation.scopes import Scope
from organisation.selectors import establishments_found
from organisation.sheets.layouts import Layout
from organisation.sheets.roles import RoleProposer
from users.private_views import private_view, user_of

from .headcounts import refused, trail

SHOWN = 200
"""Lines of a preview; a file of refused lines has them all."""
MOST_PLACES = 50


@private_view("GET", "HEAD", "POST")
def upload(request: HttpRequest) -> HttpResponse:
    """The file, and what it is of. `etablissement` in the address chooses one beforehand."""
    day = timezone.localdate()
    scopes = scopes_with_headcounts(user=request.user, day=day)
    if not scopes:
        raise refused()
    is_for_all = Scope.nation() in scopes
    wanted = request.GET.get("etablissement", "")
    form = CountsUploadForm(
        request.POST or None,
        request.FILES or None,
        today=day,
        places=_places(request, wanted, is_for_all=is_for_all),
        is_for_all=is_for_all,
        initial={"place": wanted} if wanted else {},
    )
    if request.method == "POST" and form.is_valid() and (counts := _uploaded(request, form)):
        return redirect("organisation:headcounts_import", counts.uid)
    context = {"form": form, "breadcrumb": trail((_("Importer un fichier"), ""))}
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/headcounts/upload.html", context, status=status)


def _places(request: HttpRequest, wanted: str, *, is_for_all: bool) -> list[Establishment]:
    """Those to choose from: of everywhere, only the one that the address names."""
    day = timezone.localdate()
    scopes = scopes_with_headcounts(user=request.user, day=day)
    found = establishments_found(scopes=scopes, day=day)
    if is_for_all:
        chosen = request.POST.get("place", wanted)
        found = found.filter(uid__in=[one for one in {chosen, wanted} if _is_uid(one)])
    return list(found[:MOST_PLACES])


def _uploaded(request: HttpRequest, form: CountsUploadForm) -> HeadcountImport | None:
    file = form.cleaned_data["file"]
    try:
        return flow.counts_upload(
            establishment=form.establishment,
            name=file.name,
            content=file.file,
            as_of=form.cleaned_data["as_of"],
            actor=user_of(request),
            now=timezone.now(),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


@private_view("GET", "HEAD")
def show(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Where a file stands: its next step, or its report."""
    counts = _counts(request, uid)
    if counts.stage == HeadcountStage.COLUMNS:
        return _columns_page(request, counts, _columns_form(counts))
    if counts.stage == HeadcountStage.PREVIEW:
        plan = flow.counts_planned(counts=counts, allowed=_allowed(request, counts))
        page = _words_page if plan.unknown else _preview_page
        return page(request, counts, plan)
    return render(
        request,
        "organisation/headcounts/report.html",
        {
            **_about(counts),
            "tiles": [(kind, counts.counts.get(kind.value, 0)) for kind in CountKind],
            "undo_refusal": flow.undo_refusal(counts, now=timezone.now()),
            "refused": flow.refused_lines(counts)[:SHOWN],
            "shown": SHOWN,
        },
    )


@private_view("GET", "HEAD", "POST")
def columns(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Which column is what; it may be said again until the end."""
    counts = _counts(request, uid)
    if counts.stage not in flow.OPEN:
        return _go(counts)
    form = _columns_form(counts, request.POST or None)
    if request.method != "POST":
        return _columns_page(request, counts, form)
    if form.is_valid():
        try:
            flow.counts_columns_set(
                counts=counts,
                columns=form.columns(),
                day_order=form.cleaned_data["day_order"],
                today=timezone.localdate(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _go(counts)
    return _columns_page(request, counts, form, status=422)


@private_view("POST")
def words(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What the hospital's words for roles mean."""
    counts = _counts(request, uid)
    answers = {
        name.removeprefix("word:"): str(text)
        for name, text in request.POST.items()
        if name.startswith("word:")
    }
    _try(
        request,
        lambda: flow.counts_words_set(
            counts=counts, answers=answers, allowed=_allowed(request, counts)
        ),
    )
    return _go(counts)


@private_view("POST")
def confirm(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Declare what the preview showed."""
    counts = _counts(request, uid)

    def do() -> None:
        is_done = flow.counts_confirm(
            counts=counts,
            digest=request.POST.get("digest", ""),
            allowed=_allowed(request, counts),
            actor=user_of(request),
            now=timezone.now(),
        )
        if not is_done:
            raise ValidationError(
                _(
                    "Ce qui est déclaré a changé depuis l’aperçu : rien n’a été enregistré. Voici "
                    "l’aperçu à jour."
                )
            )

    _try(request, do)
    return _go(counts)


@private_view("GET", "HEAD", "POST")
def undo(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Put everything back, after asking once."""
    counts = _counts(request, uid)
    if counts.stage != HeadcountStage.APPLIED:
        return _go(counts)
    if request.method == "POST":
        _try(
            request,
            lambda: flow.counts_undo(counts=counts, actor=user_of(request), now=timezone.now()),
        )
        return _go(counts)
    return render(request, "organisation/headcounts/undo.html", _about(counts))


@private_view("POST")
def discard(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Give a file up before it changed anything."""
    counts = _counts(request, uid)
    _try(request, lambda: flow.counts_discard(counts=counts, actor=user_of(request)))
    return _go(counts)


@private_view("GET", "HEAD")
def lines(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    """The lines to correct, as a file."""
    counts = _counts(request, uid)
    if kind not in FILE_RESPONSES:
        raise Http404
    found = flow.refused_lines(counts)
    if counts.stage == HeadcountStage.PREVIEW:
        found = flow.counts_planned(counts=counts, allowed=_allowed(request, counts)).refused
    return FILE_RESPONSES[kind](selectors.refused_table(found))


def _counts(request: HttpRequest, uid: uuid.UUID) -> HeadcountImport:
    """The file, for those who may go on with it; to others it does not exist."""
    counts = selectors.counts_get(uid)
    day = timezone.localdate()
    if counts is None or not may_go_on_with_headcounts(
        user=user_of(request), counts=counts, day=day
    ):
        raise Http404
    return counts


def _allowed(request: HttpRequest, counts: HeadcountImport) -> Collection[int] | None:
    """The establishments that a file may write to, by the rights of whoever asks now."""
    if counts.establishment_id is not None:
        return {counts.establishment_id}
    scopes = scopes_with_headcounts(user=request.user, day=timezone.localdate())
    if Scope.nation() in scopes:
        return None
    return {scope.place_pk for scope in scopes}


def _columns_form(counts: HeadcountImport, data: Any = None) -> CountsColumnsForm:
    layout = Layout.of_json(counts.layout)
    return CountsColumnsForm(data, layout=layout, is_for_several=counts.is_for_several)


def _columns_page(
    request: HttpRequest, counts: HeadcountImport, form: CountsColumnsForm, status: int = 200
) -> HttpResponse:
    context = {**_about(counts, step=1), "form": form, "layout": Layout.of_json(counts.layout)}
    return render(request, "organisation/headcounts/columns.html", context, status=status)


def _words_page(request: HttpRequest, counts: HeadcountImport, plan: CountsPlan) -> HttpResponse:
    proposer = RoleProposer()
    context = {
        **_about(counts, step=2),
        "words": [(word, proposer.propose(word.label)) for word in plan.unknown],
        "roles": StaffRole.objects.select_related("family"),
    }
    return render(request, "organisation/headcounts/words.html", context)


def _preview_page(request: HttpRequest, counts: HeadcountImport, plan: CountsPlan) -> HttpResponse:
    found: dict[CountKind, int] = dict.fromkeys(CountKind, 0)
    for one in plan.counts:
        found[one.kind] += 1
    changing = sorted(plan.writes, key=lambda one: list(CountKind).index(one.kind))
    context = {
        **_about(counts, step=3),
        "plan": plan,
        "tiles": list(found.items()),
        "changing": changing[:SHOWN],
        "refused": plan.refused[:SHOWN],
        "shown": SHOWN,
        "digest": plan.digest(),
    }
    return render(request, "organisation/headcounts/preview.html", context)


def _about(counts: HeadcountImport, *, step: int = 4) -> dict[str, Any]:
    place = counts.establishment
    steps = (_("Fichier"), _("Colonnes"), _("Mots"), _("Aperçu"), _("Rapport"))
    above = (
        [(str(place), reverse("organisation:headcounts_place", args=[place.uid]))] if place else []
    )
    return {
        "counts": counts,
        "place": place,
        "step": {
            "number": step + 1,
            "total": len(steps),
            "title": steps[step],
            "next": steps[step + 1] if step + 1 < len(steps) else "",
        },
        "breadcrumb": trail(*above, (_("Import d’un fichier"), "")),
    }


def _go(counts: HeadcountImport) -> HttpResponse:
    return redirect("organisation:headcounts_import", counts.uid)


def _try(request: HttpRequest, act: Any) -> None:
    """Do it, or tell why not."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))


def _is_uid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
