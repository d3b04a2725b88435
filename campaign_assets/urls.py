from django.urls import path

from campaign_assets.views import download

app_name = "campaign_assets"
urlpatterns = [path("<int:page_id>/<str:name>", download, name="download")]
