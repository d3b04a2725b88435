"""Views that list without a query a row."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views import generic


class RelatedIndexView(generic.IndexView):
    """A listing that fetches the rows it names together with its own."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related(*self.related)
