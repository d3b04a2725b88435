"""«Journal» of an establishment, for those who give rights there."""

from __future__ import annotations

import uuid

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.exports import FILE_RESPONSES
from organisation.journal import entries_told, journal_filtered, journal_of, journal_table
from organisation.models import Establishment
from organisation.permissions import may_read_journal
from users.audit import ActKind
from users.models import AuditEntry
from users.privacy.registry import retention_of
from users.private_views import private_view, user_of
from users.services import audit_record

from .common import giving_trail
from .deciding import refused
from .giving import place_address

PER_PAGE = 50


class JournalForm(forms.Form):
    """Who, what, when; a plain GET form, so that an address can be shared."""

    auteur = forms.CharField(
        label=gettext_lazy("Auteur (nom ou adresse)"), max_length=80, required=False
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("Nature"),
        choices=[("", gettext_lazy("Toutes")), *ActKind.choices],
        required=False,
    )
    du = forms.DateField(
        label=gettext_lazy("Du"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    au = forms.DateField(
        label=gettext_lazy("Au (inclus)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_au(self) -> object:
        until, since = self.cleaned_data["au"], self.cleaned_data.get("du")
        if until and since and until < since:
            raise forms.ValidationError(_("La fin de la période précède son début."))
        return until


@private_view("GET", "HEAD")
def journal(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Who did what here, in words."""
    here = _place(request, uid)
    form = JournalForm(request.GET)
    page = Paginator(_found(here, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": here,
        "form": form,
        "page_obj": page,
        "lines": entries_told(page.object_list),
        "query": request.GET.urlencode(),
        "kept": retention_of("audit").period,
        "breadcrumb": giving_trail((str(here), place_address(here)), (_("Journal"), "")),
    }
    return render(request, "organisation/access/journal.html", context)


@private_view("GET", "HEAD")
def journal_file(request: HttpRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    """What the filters show, as a file; that it was taken is an entry itself."""
    here = _place(request, uid)
    if kind not in FILE_RESPONSES:
        raise Http404
    rows = _found(here, JournalForm(request.GET))
    audit_record(
        actor=user_of(request),
        action="audit.export",
        target=f"journal.{kind}",
        details={"filters": {name: text for name, text in request.GET.items() if text}},
        place=here.uid,
    )
    return FILE_RESPONSES[kind](journal_table(rows, place=here))


def _place(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    here = get_object_or_404(Establishment, uid=uid)
    if not may_read_journal(user=request.user, establishment=here, day=timezone.localdate()):
        raise refused()
    return here


def _found(here: Establishment, form: JournalForm) -> QuerySet[AuditEntry]:
    """Nothing for filters that are wrong: more than asked for would deceive."""
    entries = journal_of(establishment=here)
    if not form.is_valid():
        return entries.none()
    data = form.cleaned_data
    return journal_filtered(
        entries, actor=data["auteur"], kind=data["nature"], since=data["du"], until=data["au"]
    )
