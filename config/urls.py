"""The addresses of the site. Wagtail's pages come last, for they take what is left."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import media, pages
from reporting.api.api import api as coverage_api

urlpatterns = [
    path("xapi/", include("lrs.urls")),  # first: what is asked most often
    # One way in, with its second factor: Wagtail's own asks for a password alone.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("fichiers/", include(wagtaildocs_urls)),
    path("", include("campaign_assets.urls")),
    path("vos-donnees/", include("users.privacy.urls")),
    path("accounts/", include("users.urls")),
    path("accounts/", include("allauth.urls")),
    path("courriels/", include("notifications.urls")),
    path("api/couverture/v1/", coverage_api.urls),
    path("", include("reporting.urls")),
    path("", include("organisation.urls")),
    path("", include("courses.urls")),
    path("", include("meetings.urls")),
    path("", include("training.urls")),
    path("", include("cms.urls")),
    path("media/<path:path>", media.media_file, name="media"),
    re_path(wagtail_urls.serve_pattern, pages.page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
