"""The statement browser: «Traces». It reads, page by page, and counts nothing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from lrs import permissions
from lrs.accounts import account_names
from lrs.admin.pretty import pretty
from lrs.admin.sentences import own_accounts, sentence_of, short_id
from lrs.admin.statement_filters import StatementFilterForm, cursor_read
from lrs.models import Credential, Statement
from lrs.projectors import Outcome, projectors_describe
from lrs.selectors import (
    statement_find,
    statements_by_id,
    statements_page,
    statements_referring,
    stored_statement,
)
from lrs.xapi.vocabulary import verbs

NAME = "traces"
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in a listing."""

    statement: Statement
    sentence: str
    source: str

    @property
    def url(self) -> str:
        return reverse(f"{NAME}:statement", args=[self.statement.statement_id])


def lines_of(statements: Sequence[Statement]) -> list[Line]:
    """A line for each, in a fixed number of queries."""
    credentials = Credential.objects.in_bulk(
        {one.credential_id for one in statements if one.credential_id}
    )
    return [
        Line(statement, sentence, _source(statement, credentials))
        for statement, sentence in zip(statements, sentences_of(statements), strict=True)
    ]


def sentences_of(statements: Iterable[Statement]) -> list[str]:
    documents = [json.loads(statement.payload) for statement in statements]
    names = account_names(set[str]().union(*(own_accounts(one) for one in documents)))
    return [sentence_of(document, names=names) for document in documents]


def _source(statement: Statement, credentials: Mapping[int, Credential]) -> str:
    credential = credentials.get(statement.credential_id or 0)
    return credential.name if credential else str(_("la plateforme"))


class StatementView(WagtailAdminTemplateMixin, TemplateView):
    """What both screens share: who may open them."""

    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_browse_statements(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class StatementIndexView(StatementView):
    template_name = "lrs/admin/statements.html"
    page_title = _("Traces")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = StatementFilterForm(self.request.GET)
        lines, older = self._page(form) if form.is_valid() else ([], None)
        return super().get_context_data(
            form=form,
            is_filtering=any(form.data.get(name) for name in form.fields),
            is_further=bool(self.request.GET.get("after")),
            newest_url=self._address(),
            older_url=older,
            lines=lines,
            index_url=reverse(f"{NAME}:index"),
            **kwargs,
        )

    def _page(self, form: StatementFilterForm) -> tuple[list[Line], str | None]:
        """The lines, and the address of the page with the older ones."""
        after = cursor_read(self.request.GET.get("after", ""))
        page = statements_page(wanted=form.wanted(), limit=PAGE_SIZE, after=after)
        older = self._address(after=str(page.next)) if page.next else None
        return lines_of(page.statements), older

    def _address(self, **cursor: str) -> str:
        """This page with the same filters, at another place."""
        query = self.request.GET.copy()
        query.pop("after", None)
        for name in [name for name, value in query.items() if not value]:
            del query[name]
        query.update(cursor)
        return f"{reverse(f'{NAME}:index')}?{query.urlencode()}".rstrip("?")


class StatementDetailView(StatementView):
    template_name = "lrs/admin/statement.html"
    page_title = _("Trace")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.statement_id: uuid.UUID = kwargs["statement_id"]

    def get_header_title(self) -> str:
        return f"{self.page_title} {short_id(str(self.statement_id))}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAME}:index"), "label": _("Traces")},
            {"url": "", "label": self.get_header_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        statement = statement_find(statement_id=self.statement_id)
        if statement is None:
            raise Http404
        document = json.loads(statement.payload)
        text, is_cut = pretty(statement.payload)
        return super().get_context_data(
            statement=statement,
            sentence=sentence_of(document, names=account_names(own_accounts(document))),
            document=text,
            is_cut=is_cut,
            length=len(statement.payload),
            outcomes=_outcomes(statement),
            voidings=self._voidings(statement),
            references=_references(document),
            may_see_credentials=permissions.may_see_credentials(self.request.user),
            **kwargs,
        )

    def _voidings(self, statement: Statement) -> list[Line]:
        """The statements that void this one."""
        if not statement.is_voided:
            return []
        referring = statements_referring(statement_id=statement.statement_id)
        return lines_of([one for one in referring if _verb(one) == verbs.VOIDED])


@dataclass(frozen=True, slots=True)
class Reference:
    """A statement that another names; `sentence` is None if it is not here."""

    label: str
    statement_id: uuid.UUID
    sentence: str | None

    @property
    def url(self) -> str:
        return reverse(f"{NAME}:statement", args=[self.statement_id])


def _outcomes(statement: Statement) -> list[Outcome]:
    stored = stored_statement(statement)
    return projectors_describe([stored]).get(statement.statement_id, [])


def _references(document: dict[str, Any]) -> list[Reference]:
    """What the statement refers to: as its object, and in its context (Part Two 2.4.6)."""
    named = []
    if document["object"].get("objectType") == "StatementRef":
        named.append((_("Objet"), uuid.UUID(document["object"]["id"])))
    context = document.get("context", {}).get("statement")
    if context:
        named.append((_("Contexte"), uuid.UUID(context["id"])))
    if not named:
        return []
    found = statements_by_id(statement_ids=[statement_id for _label, statement_id in named])
    sentences = dict(zip(found, sentences_of(found.values()), strict=True))
    return [
        Reference(str(label), statement_id, sentences.get(statement_id))
        for label, statement_id in named
    ]


def _verb(statement: Statement) -> str:
    verb: str = json.loads(statement.payload)["verb"]["id"]
    return verb


class StatementMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_browse_statements(request.user)


class StatementViewSet(ViewSet):
    icon = "history"
    menu_label = _("Traces")
    menu_item_class = StatementMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", StatementIndexView.as_view(), name="index"),
            path("<uuid:statement_id>/", StatementDetailView.as_view(), name="statement"),
        ]
