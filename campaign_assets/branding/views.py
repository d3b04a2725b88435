"""The pages of brand cards: choose, edit with the band before one's eyes, see and undo changes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from campaign_assets.access import choice_for, establishment_for, speaker_view, user_of
from campaign_assets.branding.band import band_png
from campaign_assets.branding.forms import BrandForm, initial_of
from campaign_assets.branding.selectors import (
    brand_from,
    brand_history,
    brand_latest,
    brand_of,
)
from campaign_assets.branding.services import (
    BrandChangedMeanwhile,
    brand_restore,
    brand_save,
    logo_keep,
    state_changes,
)
from campaign_assets.branding.uploads import logo_is_too_heavy, logo_limited
from campaign_assets.designs import Brand, TextRefused
from campaign_assets.models import BrandState
from documents.files import etag_of, file_response
from organisation.models import Establishment

# A drawing that somebody opens by itself does nothing, whatever it was cleaned of.
LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
LOGO_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@speaker_view("GET", "HEAD")
def brands(request: HttpRequest) -> HttpResponse:
    """Whose card; of one establishment, straight to it."""
    choice = choice_for(request)
    if choice.only:
        return redirect("campaign_assets:brand", choice.only.uid)
    links = [
        (one, reverse("campaign_assets:brand", args=[one.uid])) for one in choice.establishments
    ]
    context = {"choice": choice, "choice_links": links, "breadcrumb": _trail()}
    return render(request, "campaign_assets/branding/brands.html", context)


@logo_limited
@speaker_view("GET", "HEAD", "POST")
def brand(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The card of an establishment."""
    establishment = establishment_for(request, uid)
    state = brand_latest(establishment)
    kept = brand_from(establishment, state)
    if request.method != "POST":
        form = BrandForm(initial=initial_of(establishment, state), kept=kept)
        return _page(request, establishment, state, form)
    form = _sent(request, kept)
    if not form.is_valid():
        if logo := form.cleaned_data.get("logo"):
            form.carry_logo(logo_keep(logo))
        return _page(request, establishment, state, form, status=422)
    try:
        saved = brand_save(
            establishment=establishment,
            draft=form.draft(),
            seen=form.cleaned_data["seen"],
            actor=user_of(request),
            now=timezone.now(),
        )
    except BrandChangedMeanwhile:
        return _changed_meanwhile(request, establishment, state, form)
    _tell(request, form, state, saved)
    return redirect("campaign_assets:brand", uid)


def _sent(request: HttpRequest, kept: Brand) -> BrandForm:
    return BrandForm(
        request.POST,
        request.FILES,
        kept=kept,
        is_logo_too_heavy=logo_is_too_heavy(request),
    )


def _page(
    request: HttpRequest,
    establishment: Establishment,
    state: BrandState | None,
    form: BrandForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "establishment": establishment,
        "state": state,
        "form": form,
        "breadcrumb": _trail((str(establishment), "")),
    }
    return render(request, "campaign_assets/branding/brand.html", context, status=status)


def _changed_meanwhile(
    request: HttpRequest, establishment: Establishment, state: BrandState | None, form: BrandForm
) -> HttpResponse:
    assert state is not None, "a card that was changed has a state"
    form.add_error(
        None,
        _(
            "%(name)s a enregistré cette carte pendant votre saisie. Votre saisie est encore là : "
            "vérifiez-la, puis enregistrez à nouveau pour la faire valoir."
        )
        % {"name": state.saved_by.get_full_name() or state.saved_by.email},
    )
    form.see(state.number)
    return _page(request, establishment, state, form, status=409)


def _tell(
    request: HttpRequest, form: BrandForm, before: BrandState | None, saved: BrandState
) -> None:
    if before is not None and before.number == saved.number:
        messages.info(request, _("Rien n’a changé."))
        return
    messages.success(
        request, _("La carte est enregistrée : les supports la portent dès maintenant.")
    )
    logo = form.cleaned_data["logo"]
    if logo and logo.left_out:
        messages.info(
            request,
            _("Le logo contenait du code ou des liens inutiles : ils en ont été retirés."),
        )


@logo_limited
@speaker_view("POST")
def brand_preview(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The band as the form would make it, or what is wrong, by field."""
    establishment = establishment_for(request, uid)
    form = _sent(request, brand_of(establishment))
    if form.is_valid():
        return HttpResponse(form.band, content_type="image/png")
    errors = {name: [str(e) for e in found] for name, found in form.errors.items()}
    return JsonResponse({"errors": errors}, status=422)


@speaker_view("GET", "HEAD")
def brand_band(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The band as it is saved."""
    brand = brand_of(establishment_for(request, uid))
    try:
        content = band_png(brand)
    except TextRefused as refusal:  # a name from the register that nobody has shortened yet
        raise Http404(str(refusal)) from refusal
    response = HttpResponse(content, content_type="image/png")
    patch_cache_control(response, private=True, no_cache=True)
    return response


@speaker_view("GET", "HEAD")
def brand_logo(request: HttpRequest, uid: uuid.UUID, number: int) -> HttpResponseBase:
    """The logo of a state."""
    state = get_object_or_404(
        BrandState, establishment=establishment_for(request, uid), number=number
    )
    if not state.logo:
        raise Http404
    try:
        response = file_response(
            request,
            state.logo.open("rb"),
            size=state.logo.size,
            content_type=LOGO_TYPES[state.logo_type],
            etag=etag_of(str(state.logo.name).encode()),  # which its content gave it
            as_attachment=False,
        )
    except FileNotFoundError as error:
        raise Http404 from error
    response["Content-Security-Policy"] = LOGO_POLICY
    patch_cache_control(response, private=True, max_age=300)
    return response


@speaker_view("GET", "HEAD")
def history(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Who changed what, and when."""
    establishment = establishment_for(request, uid)
    context = {
        "establishment": establishment,
        "changes": brand_history(establishment),
        "breadcrumb": _trail(_step(establishment), (_("Historique"), "")),
    }
    return render(request, "campaign_assets/branding/history.html", context)


@speaker_view("GET", "HEAD", "POST")
def restore(request: HttpRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """Go back to an earlier state, after seeing what that changes."""
    establishment = establishment_for(request, uid)
    state = get_object_or_404(
        BrandState.objects.select_related("establishment", "saved_by"),
        establishment=establishment,
        number=number,
    )
    if request.method == "POST":
        brand_restore(state=state, actor=user_of(request), now=timezone.now())
        messages.success(request, _("La carte est revenue à cet état."))
        return redirect("campaign_assets:brand", uid)
    latest = brand_latest(establishment)
    context = {
        "establishment": establishment,
        "state": state,
        "latest": latest,
        "changed": state_changes(latest, state),
        "breadcrumb": _trail(_step(establishment), (_("Revenir à un état"), "")),
    }
    return render(request, "campaign_assets/branding/restore.html", context)


def _step(establishment: Establishment) -> tuple[str, str]:
    return str(establishment), reverse("campaign_assets:brand", args=[establishment.uid])


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    first = (_("Cartes de marque"), reverse("campaign_assets:brands") if steps else "")
    return [{"title": title, "url": url} for title, url in (first, *steps)]
