"""The API itself: its document, and how it says no."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from .guards import KeyAuth, ReaderSession, Unknown
from .operations import Invalid, answer, router

DESCRIPTION = (
    "Les chiffres de la couverture des formations, en lecture seule et sans aucun nom d’agent. "
    "Chaque lecture demande le même droit que la page du site. Une région et le pays lisent la "
    'grille arrêtée chaque mois : une cellule masquée dit `"hidden": true` et ne porte aucun '
    "chiffre."
)

api = NinjaAPI(
    title="Couverture des formations",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="coverage-api",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=[KeyAuth(), ReaderSession()],
)
_rest = Router()
api.add_router("", router)
api.add_router("", _rest)  # last, for it takes what is left


@_rest.get("/{path:rest}", include_in_schema=False, auth=None)
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that no operation has is told as JSON, too."""
    raise Http404


def _refusal(
    status: int, code: str, message: str, fields: dict[str, list[str]] | None = None
) -> HttpResponse:
    error: dict[str, Any] = {"code": code, "message": message, "fields": fields or {}}
    return answer({"error": error}, status)


@api.exception_handler(AuthenticationError)
def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    message = _("Connectez-vous, ou donnez une clé d’accès valable.")
    response = _refusal(401, "unauthenticated", message)
    response["WWW-Authenticate"] = "Bearer"  # RFC 6750 3
    return response


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _refusal(403, "forbidden", str(error) or _("Ce droit vous manque."))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _refusal(404, "not_found", _("Il n’y a rien à cette adresse."))


@api.exception_handler(Unknown)
def unknown(request: HttpRequest, error: Unknown) -> HttpResponse:
    why = [_("Ce paramètre n’existe pas ici.")]
    return _invalid(dict.fromkeys(error.names, why))


@api.exception_handler(Invalid)
def invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    return _invalid(error.fields)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter of the wrong shape; an address with one names nothing."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return _refusal(404, "not_found", _("Il n’y a rien à cette adresse."))
    fields = {str(one["loc"][-1]): [_("Cette valeur n’est pas possible.")] for one in error.errors}
    return _invalid(fields)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    message = _("Trop de demandes en une minute : attendez avant la suivante.")
    response = _refusal(429, "too_many_requests", message)
    response["Retry-After"] = str(error.wait)  # RFC 9110 10.2.3
    return response


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refusal(error.status_code, "refused", str(error))


def _invalid(fields: dict[str, list[str]]) -> HttpResponse:
    return _refusal(422, "invalid", _("Un paramètre n’est pas valable."), fields)
