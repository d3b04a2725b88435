"""Starter content: what any site may load."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from django.db import transaction
from wagtail.models import Site

from campaign_assets.models import ResourcesIndexPage
from cms.models import HomePage, SiteSettings
from cms.services import editorial_groups_ensure, regional_writers_ensure
from meetings.models import MeetingsIndexPage
from notifications.services import operators_may_follow_mails
from organisation.services import operators_hold_their_rights
from reporting.ledger.operators import operators_may_follow_figures
from starter.assets import resources_load
from starter.content.pages import ACCESSIBILITY, LEGAL_NOTICE, PERSONAL_DATA
from starter.loading.links import PageIds
from starter.loading.plans import RESOURCES_PATH, page_plans
from starter.loading.tree import HOME_PATH, pages_ensure

FOOTER_PAGES = {
    "legal_notice_page_id": LEGAL_NOTICE,
    "personal_data_page_id": PERSONAL_DATA,
    "accessibility_page_id": ACCESSIBILITY,
}


@transaction.atomic
def starter_content_load(*, progress: Callable[[str], object] = print) -> None:
    """Create and publish what is missing of the starter content, in one transaction.

    What exists is never written again, whatever an editor made of it: rewritten, renamed, moved or
    unpublished. What was deleted comes back. `progress` receives a French line a step.
    """
    begun = monotonic()
    progress("Contenus de départ…")
    outcome = pages_ensure(page_plans())
    _footer_ensure(outcome.pages)
    operators_may_follow_mails()
    operators_hold_their_rights()
    operators_may_follow_figures()
    editorial_groups_ensure(home=HomePage.objects.get(pk=outcome.pages[HOME_PATH]))
    regional_writers_ensure(calendar=MeetingsIndexPage.objects.get())
    progress(f"Pages, modules et quiz : {len(outcome.created)} créés, {outcome.kept} déjà là.")
    gallery = ResourcesIndexPage.objects.get(pk=outcome.pages[RESOURCES_PATH])
    assets = resources_load(gallery)
    progress(f"Affiches et vidéo : {assets} créées. Terminé en {monotonic() - begun:.1f} s.")


def _footer_ensure(pages: PageIds) -> None:
    """Put the legal pages into the footer, where nobody has chosen others."""
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    for field, text in FOOTER_PAGES.items():
        if getattr(settings, field) is None:
            setattr(settings, field, pages[f"/{text.slug}/"])
    settings.save()
