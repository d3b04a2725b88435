"""What is believed of a provider's claims, whatever they look like."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from users.models import ProviderKind
from users.providers.claims import Identity, identity_from_json, identity_of

from .claims import activity, hospital, pro_sante_connect

NATIONAL, OWN = ProviderKind.NATIONAL, ProviderKind.OWN
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def read(kind: str, claims: dict[str, Any], **id_token: Any) -> Identity:
    return identity_of(kind, userinfo=claims, id_token=id_token)


def test_a_professional_with_several_places() -> None:
    claims = pro_sante_connect(
        activity("760000158", "760780239"), activity(), activity("2a0000022", "760780239")
    )
    found = read(NATIONAL, claims, acr="eidas1", nonce="n")
    assert found.national_id == "810100000009"
    assert found.finess == ("760000158", "760780239", "2A0000022")
    assert found.professions == ("60",)
    assert (found.first_name, found.last_name) == ("Claire", "MARTIN")
    assert (found.acr, found.nonce, found.email) == ("eidas1", "n", "")
    assert identity_from_json(found.as_json()) == found


def test_a_hospital_is_not_believed_about_national_numbers_or_places() -> None:
    found = read(OWN, pro_sante_connect(activity("760000158")))
    assert found.national_id == ""
    assert found.finess == ()


@pytest.mark.parametrize(
    ("said", "verified"),
    [
        ({"email_verified": True}, True),
        ({"email_verified": "true"}, True),
        ({"email_verified": None, "xms_edov": True}, True),
        ({"email_verified": False}, False),
        ({"email_verified": "false"}, False),
        ({"email_verified": 1}, False),
        ({"email_verified": None}, False),
    ],
)
def test_when_an_address_counts_as_verified(said: dict[str, Any], verified: bool) -> None:
    assert read(OWN, hospital("a@chu.test", **said)).is_email_verified is verified


@given(st.dictionaries(st.sampled_from([*pro_sante_connect(activity()), "email", "sub"]), ANYTHING))
def test_no_shape_of_claims_breaks_the_reading(claims: dict[str, Any]) -> None:
    found = read(NATIONAL, claims)
    assert identity_from_json(found.as_json()) == found
