"""Addresses of brand cards; they belong to the names of `campaign_assets`."""

from django.urls import path

from campaign_assets.branding import views

CARD = "marque/<uuid:uid>/"

urlpatterns = [
    path("marque/", views.brands, name="brands"),
    path(CARD, views.brand, name="brand"),
    path(f"{CARD}apercu/", views.brand_preview, name="brand_preview"),
    path(f"{CARD}bandeau.png", views.brand_band, name="brand_band"),
    path(f"{CARD}historique/", views.history, name="brand_history"),
    path(f"{CARD}historique/<int:number>/logo/", views.brand_logo, name="brand_logo"),
    path(f"{CARD}historique/<int:number>/reprendre/", views.restore, name="brand_restore"),
]
