"""`/recherche/`."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.forms import SearchForm
from cms.search import pages_search, pages_specific

RESULTS_PER_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages that match `q`, ten at a time."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    paginator = Paginator(pages_search(text=text), RESULTS_PER_PAGE)
    page_obj = paginator.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "text": text,
        "page_obj": page_obj,
        "results": pages_specific(pages=list(page_obj.object_list)) if text else [],
        "breadcrumb": [{"title": _("Recherche"), "url": ""}],
    }
    return render(request, "cms/search.html", context)
