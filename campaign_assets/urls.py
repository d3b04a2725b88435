from django.urls import path

from campaign_assets.views import download, kit_progress, kit_request

app_name = "campaign_assets"
urlpatterns = [
    path("kits/<int:page_id>/", kit_request, name="kit_request"),
    path("kits/<uuid:uid>/", kit_progress, name="kit_progress"),
    path("<int:page_id>/<str:name>", download, name="download"),
]
