"""A response that python3-saml accepts, checked for what it leaves open.

It takes an assertion without an audience, a recipient or an end for one that is meant for
everybody and for ever, compares addresses by their beginnings, and reads `InResponseTo` where no
signature reaches. The browser profile demands each of these (SAML 2.0 Profiles, 4.1.4.2).
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Saml
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

SKEW = 60
"""Seconds by which the clocks of two well-kept servers may differ."""
TRANSFORMS = (
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
)
"""All that a signature may ask for (SAML 2.0 Core, 5.4.4): others run before it is verified."""


class Refused(ValueError):
    """The response proves nothing to this site."""


class StrictResponse(OneLogin_Saml2_Response):
    def is_valid(
        self, request_data: Any, request_id: str | None = None, raise_exceptions: bool = False
    ) -> bool:
        try:
            _refuse_transforms(self.document)
            super().is_valid(request_data, request_id, raise_exceptions=True)
            self._check_confirmation(Utils.get_self_url_no_query(request_data))
            self._check_conditions(self._settings.get_sp_data()["entityId"])
        except Exception as refusal:  # the library raises bare ones too
            self._error = str(refusal)
            if raise_exceptions:
                raise
            return False
        return True

    def _check_confirmation(self, address: str) -> None:
        asked, there = self.get_in_response_to(), self.document.get("Destination")
        if not asked:
            raise Refused("nobody asked for this response")
        if there is not None and there != address:
            raise Refused("the response is for another address")
        path = f"/saml:Subject/saml:SubjectConfirmation[@Method='{Saml.CM_BEARER}']"
        found = self._query_assertion(f"{path}/saml:SubjectConfirmationData")
        if not any(_confirms(one, address=address, asked=asked) for one in found):
            raise Refused("no subject confirmation for this address and this request")

    def _check_conditions(self, entity_id: str) -> None:
        limits = self._query_assertion("/saml:Conditions/saml:AudienceRestriction")
        audiences = [
            [(one.text or "").strip() for one in limit.iterchildren(f"{{{Saml.NS_SAML}}}Audience")]
            for limit in limits
        ]
        if not audiences or not all(entity_id in names for names in audiences):
            raise Refused("the assertion is for another audience")
        for one in self._query_assertion("/saml:Conditions"):
            since, until = one.get("NotBefore"), one.get("NotOnOrAfter")
            if since and Utils.parse_SAML_to_time(since) > Utils.now() + SKEW:
                raise Refused("the assertion holds later only")
            if until and Utils.parse_SAML_to_time(until) + SKEW <= Utils.now():
                raise Refused("the assertion holds no more")


class StrictAuth(OneLogin_Saml2_Auth):
    response_class = StrictResponse

    def get_all_attributes(self) -> dict[str, list[Any]]:
        """By name, and by friendly name where that is no other's name."""
        return {**self.get_friendlyname_attributes(), **self.get_attributes()}


def _refuse_transforms(document: etree._Element) -> None:
    for one in document.iter(f"{{{Saml.NS_DS}}}Transform"):
        if one.get("Algorithm") not in TRANSFORMS:
            raise Refused("a signature asks for another transformation")


def _confirms(data: etree._Element, *, address: str, asked: str) -> bool:
    until = data.get("NotOnOrAfter")
    return (
        data.get("Recipient") == address
        and data.get("InResponseTo") == asked
        and bool(until)
        and Utils.parse_SAML_to_time(until) + SKEW > Utils.now()
    )
