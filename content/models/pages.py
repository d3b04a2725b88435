"""The base of every page type, and the listing with filters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from content.models.audiences import Audience
from documents.folding import fold


class BasePage(Page):
    """Abstract: what every page of the site has."""

    # Names of text and stream fields whose words the search knows.
    searched_fields: ClassVar[tuple[str, ...]] = ()
    # What a page is read together with when its address is asked for.
    route_related: ClassVar[tuple[str, ...]] = ()
    # Cached properties that every copy of a found page shares: the same for every reader.
    route_kept: ClassVar[tuple[str, ...]] = ()
    # The pages above it, where `content.routing` found it: then it is known to be public.
    trail: tuple[dict[str, str], ...] | None = None

    summary = models.CharField(
        _("résumé"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("Une ou deux phrases, montrées dans les listes et la recherche."),
    )

    search_fields = [*Page.search_fields, index.SearchField("get_folded_text")]
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        if self.trail is not None:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_folded_text(self) -> str:
        """Title, summary and searched fields without accents, for the index."""
        return fold(" ".join([self.title, self.summary, *self._searched_texts()]))

    def _searched_texts(self) -> Iterable[str]:
        for name in self.searched_fields:
            value = getattr(self, name)
            if isinstance(value, StreamValue):
                yield " ".join(value.stream_block.get_searchable_content(value))
            else:
                yield strip_tags(str(value))


class AudiencePage(BasePage):
    """Abstract: a page made for some of the audiences; for none named, it is for all."""

    audiences = ParentalManyToManyField(
        "content.Audience", blank=True, related_name="+", verbose_name=_("publics")
    )

    route_kept = ("audience_list",)
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        abstract = True

    @cached_property
    def audience_list(self) -> list[Audience]:
        return list(self.audiences.all())


class ListingPage(BasePage):
    """Abstract: an index page that lists pages with filters kept in the address.

    A subclass names `filterset_class` and gives `get_listing_queryset`; its template finds
    `filterset`, `page_obj` and `query_string` (the filters without the page number).
    """

    filterset_class: ClassVar[type[FilterSet]]
    page_size: ClassVar[int] = 12

    class Meta:
        abstract = True

    @classmethod
    def published_url(cls) -> str:
        """The address of the published listing, or empty."""
        page = cls._default_manager.live().first()
        return (page.url if page else None) or ""

    def get_listing_queryset(self) -> models.QuerySet[Any]:
        """The live pages to list, in their order, with what a card needs prefetched."""
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        filterset = self.filterset_class(request.GET, queryset=self.get_listing_queryset())
        paginator = Paginator(filterset.qs, self.page_size)
        query = request.GET.copy()
        query.pop("page", None)
        context.update(
            filterset=filterset,
            page_obj=paginator.get_page(request.GET.get("page")),
            query_string=query.urlencode(),
        )
        return context
