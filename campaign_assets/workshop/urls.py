"""Addresses of the workshop and of posters; they belong to the names of `campaign_assets`."""

from django.urls import path

from campaign_assets.workshop.views import files, kits, links, making, own

ADAPTATION = "atelier/fichiers/<uuid:uid>/"
KIT = "atelier/kits/<int:page_id>/"

urlpatterns = [
    path("atelier/", own.adaptations, name="adaptations"),
    path("atelier/<int:page_id>/", making.workshop, name="workshop"),
    path("atelier/<int:page_id>/apercu/", making.preview, name="workshop_preview"),
    path("atelier/<int:page_id>/apercu.png", making.preview_first, name="workshop_first"),
    path(f"{ADAPTATION}supprimer/", own.delete, name="adaptation_delete"),
    path(f"{ADAPTATION}<str:name>", files.adaptation_file, name="adaptation_file"),
    path(KIT, kits.kit_whose, name="kit_whose"),
    path(f"{KIT}<uuid:uid>/", kits.kit_own, name="kit_own"),
    path(f"{KIT}<uuid:uid>/kit.zip", kits.kit_own_file, name="kit_own_file"),
    path("a/<slug:code>/", links.short_link, name="short_link"),
]
