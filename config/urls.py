"""The addresses of the site. Wagtail's pages come last, for they take what is left."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("fichiers/", include(wagtaildocs_urls)),
    path("telechargements/", include("campaign_assets.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("couverture/", include("reporting.urls")),
    path("xapi/", include("lrs.urls")),
    path("", include("courses.urls")),
    path("", include("cms.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
