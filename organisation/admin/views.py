"""Views that list without a query a row."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views import generic

from organisation.search import words_filter


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
