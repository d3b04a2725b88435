"""Views that list without a query a row."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.views import generic

from organisation.search import words_filter
from organisation.services import names_read


class RelatedIndexView(generic.IndexView):
    """A listing that fetches the rows it names together with its own, and is searched by words."""

    related: tuple[str, ...] = ()
    establishments: tuple[str, ...] = ()

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related(*self.related)

    def search_queryset(self, queryset: Any) -> Any:
        """Every word has to be found somewhere."""
        return words_filter(
            queryset,
            self.search_query or "",
            lookups=self.search_fields or (),
            establishments=self.establishments,
        )


class NamesIndexView(RelatedIndexView):
    """A listing that shows people's names: whoever reads it is on record."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        rows = len(response.context_data["object_list"])  # type: ignore[attr-defined]
        name = str(self.model._meta.model_name)
        names_read(actor=request.user, place=None, how=name, rows=rows)  # type: ignore[arg-type]
        return response


class PeopleIndexView(NamesIndexView):
    """Whose identity was erased is nobody to be found."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(erased_at=None)
