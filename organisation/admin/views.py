"""Views that list without a query a row."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views import generic

from organisation.services import names_read


class RelatedIndexView(generic.IndexView):
    """A listing that fetches the rows it names together with its own."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related(*self.related)


class NamesIndexView(RelatedIndexView):
    """A listing that shows people's names: whoever reads it is on record."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        rows = len(response.context_data["object_list"])  # type: ignore[attr-defined]
        name = str(self.model._meta.model_name)
        names_read(actor=request.user, place=None, how=name, rows=rows)  # type: ignore[arg-type]
        return response
