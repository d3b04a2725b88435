"""allauth's SAML provider, with our identities and the stricter response."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from allauth.socialaccount.providers.saml.utils import build_saml_config
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from users.providers.claims import Identity
from users.providers.identities import IdentityMixin
from users.providers.saml.attributes import identity_of_attributes, uid_of
from users.providers.saml.response import StrictAuth
from users.shared import shared_choose


class Provider(IdentityMixin, SAMLProvider):
    package = "allauth.socialaccount.providers.saml"

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **kw: Any
    ) -> HttpResponseRedirect:
        shared_choose(request)
        auth = auth_of(request, self)
        address = auth.login(return_to="")
        number = auth.get_last_request_id()
        self.stash_redirect_state(request, process, next_url, data, state_id=number, **kw)
        return HttpResponseRedirect(address)

    def is_answer(self, sociallogin: Any) -> bool:
        """The view has found the request that the signed confirmation names in this session."""
        return bool(sociallogin.state)

    def extract_uid(self, data: StrictAuth) -> str:
        uid = uid_of(
            self.app.settings,
            data.get_all_attributes(),
            name_id=data.get_nameid(),
            name_id_format=data.get_nameid_format(),
        )
        if not uid:
            raise ProviderException("nothing in the assertion names the subject for good")
        return uid

    def identity(self, data: StrictAuth) -> Identity:
        return identity_of_attributes(self.app.settings, data.get_all_attributes())


def auth_of(request: HttpRequest, provider: Provider, response: str = "") -> StrictAuth:
    """python3-saml's side of one request, perhaps with the response that was posted to us."""
    slug = provider.app.client_id
    config = build_saml_config(request, provider.app.settings, slug)
    # allauth hands over one certificate; there are two while a provider changes its key.
    config["idp"]["x509certMulti"] = {"signing": provider.app.settings["certificates"]}
    del config["sp"]["singleLogoutService"]
    data = {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": "",
        "path_info": reverse("saml_acs", args=[slug]),
        "get_data": {},
        "post_data": {"SAMLResponse": response} if response else {},
    }
    return StrictAuth(data, config)
