"""The addresses of the record store, below /xapi/."""

from django.urls import path, re_path

from lrs.views.others import AboutResource, UnbuiltResource, UnknownResource
from lrs.views.statements import MoreStatementsResource, StatementsResource

app_name = "lrs"

urlpatterns = [
    path("about", AboutResource.as_view(), name="about"),
    path("statements", StatementsResource.as_view(), name="statements"),
    path("statements/more/<str:cursor>", MoreStatementsResource.as_view(), name="statements_more"),
    re_path(
        r"^(?:activities(?:/state|/profile)?|agents(?:/profile)?)$",
        UnbuiltResource.as_view(),
        name="unbuilt",
    ),
    re_path(r"^.*$", UnknownResource.as_view(), name="unknown"),
]
