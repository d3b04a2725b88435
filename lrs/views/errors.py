"""Errors of the API, always JSON: a message, and the problems with their paths where there are."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import JsonResponse

from lrs.xapi.validation import Problem


class ApiError(Exception):
    """An answer that is no success. `problems` say where in the body or in which parameter."""

    def __init__(self, status: int, message: str, *, problems: Sequence[Problem] = ()) -> None:
        self.status = status
        self.message = message
        self.problems = list(problems)
        super().__init__(message)

    def response(self) -> JsonResponse:
        body = {
            "message": self.message,
            "problems": [problem.as_dict() for problem in self.problems],
        }
        response = JsonResponse(body, status=self.status)
        if self.status == 401:
            response["WWW-Authenticate"] = 'Basic realm="xAPI", charset="UTF-8"'
        return response
