"""Files of the assets, brand cards, the workshop, and the short addresses of posters."""

from django.urls import path

from campaign_assets.branding.urls import urlpatterns as branding_urlpatterns
from campaign_assets.views import download, kit_progress, kit_request, played
from campaign_assets.workshop.urls import urlpatterns as workshop_urlpatterns

app_name = "campaign_assets"
urlpatterns = [
    path("telechargements/kits/<int:page_id>/", kit_request, name="kit_request"),
    path("telechargements/kits/<uuid:uid>/", kit_progress, name="kit_progress"),
    path("telechargements/<int:page_id>/<str:name>", download, name="download"),
    path("ressources/lectures/<int:page_id>/", played, name="played"),
    *branding_urlpatterns,
    *workshop_urlpatterns,
]
