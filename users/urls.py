"""Signing in, before allauth takes over: our views in the places of some of its own."""

from django.urls import path

from users.providers.saml import views as saml
from users.providers.tokens import callback
from users.views import session_close, sign_in_address

app_name = "users"

urlpatterns = [
    path("adresse/", sign_in_address, name="sign_in_address"),
    path("sessions/<int:pk>/fermer/", session_close, name="session_close"),
    path("oidc/<str:provider_id>/login/callback/", callback, name="openid_callback"),
    path("saml/<slug:organization_slug>/acs/", saml.acs, name="saml_acs"),
    path("saml/<slug:organization_slug>/acs/finish/", saml.finish, name="saml_finish"),
    path("saml/<slug:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
    path("saml/<slug:organization_slug>/sls/", saml.logout, name="saml_logout"),
]
