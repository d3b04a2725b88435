"""Forms that lead to an identity provider.

A browser applies `form-action` to where a form's answer redirects, so the page with the button has
to name the provider's host, and no other page does.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from users.providers.selectors import provider_named

_LOGINS = {"openid_connect_login": "provider_id", "saml_login": "organization_slug"}
"""The views with such a button, and their argument that names the provider."""

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def lead_to_provider(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        argument = _LOGINS.get(match.view_name) if match is not None else None
        if match is not None and argument is not None:
            provider = provider_named(match.kwargs[argument])
            if provider is not None:
                response._csp_update = {"form-action": [provider.form_origin]}  # type: ignore[attr-defined]
        return response

    return middleware
