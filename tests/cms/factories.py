"""A small site: a home page at the root of the default site, and pages below it."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, Site

from cms.models import HomePage, IncidentPage, StandardPage

GESTURES = [{"type": "do_dont", "value": {"do": ["Appeler"], "dont": ["Effacer"]}}]
STEPS = [{"type": "step", "value": "Noter l’heure"}]


def home_make(**fields: Any) -> HomePage:
    """The home page, in the place of Wagtail's welcome page."""
    home = HomePage(title="Accueil", slug="accueil", **fields)
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    return home


def standard_make(parent: Page, title: str, body: str = "<p>Texte</p>", **fields: Any) -> Page:
    page = StandardPage(title=title, body=[{"type": "rich_text", "value": body}], **fields)
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def incident_make(parent: Page) -> Page:
    page = IncidentPage(
        title="Signaler un incident",
        slug="signaler-un-incident",
        at_once=STEPS,
        to_say=STEPS,
        gestures=GESTURES,
        national_text="<p>Le portail national</p>",
    )
    return Page.objects.get(pk=parent.pk).add_child(instance=page)
