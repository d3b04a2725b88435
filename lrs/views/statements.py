"""The statements resource (Part Three 2.1)."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date

from lrs.selectors import statement_get, statements_page
from lrs.services import (
    StatementConflict,
    StatementsInvalid,
    StoreResult,
    VoidingForbidden,
    statements_store,
)
from lrs.views.bodies import check_distinct_ids, statements_from
from lrs.views.cursors import cursor_read, cursor_write
from lrs.views.errors import ApiError
from lrs.views.parameters import (
    ListQuery,
    SingleQuery,
    query_from,
    single_values,
    uuid_parameter,
)
from lrs.views.presentation import Presentation
from lrs.views.protocol import Resource
from lrs.xapi.jsontext import dumps
from lrs.xapi.multipart import StatementsBody
from lrs.xapi.validation import Problem


class StatementsResource(Resource):
    """PUT, POST, GET and HEAD of /xapi/statements."""

    through_max_age = {"PUT": 0.5, "POST": 0.5}

    def put(self, request: HttpRequest) -> HttpResponse:
        """Part Three 2.1.1: one statement under the id of the parameter; 204."""
        self._check_may_write()
        values = single_values(request.GET, allowed=frozenset({"statementId"}))
        if "statementId" not in values:
            raise ApiError(400, "The parameter statementId is required.")
        statement_id = str(uuid_parameter(values, "statementId"))
        body = statements_from(request)
        statement = body.value
        if not isinstance(statement, dict):
            raise ApiError(400, "PUT takes one statement, as an object.")
        sent_id = statement.setdefault("id", statement_id)
        if not isinstance(sent_id, str) or sent_id.lower() != statement_id:
            problem = Problem("$.id", "Part Three 2.1.1.s3.b3", "must match statementId")
            raise ApiError(400, "The ids do not match.", problems=[problem])
        self._store([statement], body)
        return HttpResponse(status=204)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Part Three 2.1.2: one statement or a batch; 200 with the ids in their order."""
        self._check_may_write()
        single_values(request.GET, allowed=frozenset())
        body = statements_from(request)
        statements = body.value if isinstance(body.value, list) else [body.value]
        check_distinct_ids(statements)
        result = self._store(statements, body)
        return HttpResponse(
            dumps([str(one) for one in result.ids]), content_type="application/json"
        )

    def get(self, request: HttpRequest) -> HttpResponse:
        """Part Three 2.1.3: one statement by id, or a StatementResult."""
        query = query_from(request.GET, version=self.version)
        how = _presentation(request, query)
        if isinstance(query, SingleQuery):
            return self._single(query, how)
        return self._list(query, how)

    def _check_may_write(self) -> None:
        if not self.source.may_write:
            raise ApiError(403, "The scope of this credential does not allow writing statements.")

    def _store(self, statements: list[Any], body: StatementsBody) -> StoreResult:
        try:
            return statements_store(
                statements=statements,
                source=self.source,
                version=self.version,
                attachments=body.attachments,
            )
        except StatementsInvalid as error:
            message = "No statement was stored, for these are not valid."
            raise ApiError(400, message, problems=error.problems) from error
        except StatementConflict as error:
            raise ApiError(409, str(error)) from error
        except VoidingForbidden as error:
            raise ApiError(403, str(error)) from error

    def _single(self, query: SingleQuery, how: Presentation) -> HttpResponse:
        """Part Three 2.1.3.s2.b8: Last-Modified is the time it was stored, in HTTP's seconds."""
        statement = statement_get(
            statement_id=query.statement_id,
            is_voided=query.is_voided,
            credential_id=self.reading_limit(),
        )
        if statement is None:
            raise ApiError(404, "There is no such statement.")
        (text,) = how.texts([statement])
        response = how.answer(text, [statement])
        response["Last-Modified"] = http_date(statement.stored.timestamp())
        return response

    def _list(
        self, query: ListQuery, how: Presentation, *, after: int | None = None
    ) -> HttpResponse:
        wanted = dataclasses.replace(query.wanted, credential_id=self.reading_limit())
        page = statements_page(wanted=wanted, limit=query.limit, after=after)
        more = ""
        if page.next is not None:
            cursor = cursor_write(query.params, self.version, page.next)
            more = reverse("lrs:statements_more", args=[cursor])
        text = f'{{"statements":[{",".join(how.texts(page.statements))}],"more":"{more}"}}'
        return how.answer(text, page.statements)


class MoreStatementsResource(StatementsResource):
    """The pages behind «more» (Part Two 2.5)."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, cursor: str = "") -> HttpResponse:
        single_values(request.GET, allowed=frozenset())
        params, version, after = cursor_read(cursor)
        query = query_from(params, version=version)
        assert isinstance(query, ListQuery)  # only lists have pages
        return self._list(query, _presentation(request, query), after=after)


def _presentation(request: HttpRequest, query: SingleQuery | ListQuery) -> Presentation:
    accept_language = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    return dataclasses.replace(query.presentation, accept_language=accept_language)
