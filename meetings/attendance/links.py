"""Signed addresses: the one that a mail carries to the door, and that of an attestation.

The first is good while the meeting runs; the second for ever, as the attestation is.
"""

from __future__ import annotations

import uuid

from django.core import signing
from django.urls import reverse

from meetings.models import MeetingAttendance, Registration

_DOOR = "meetings.door"
_ATTESTATION = "meetings.attestation"
PROOF = "preuve"
"""The part of the address that carries the signature of an attestation."""


def door_link(registration: Registration) -> str:
    token = _signer(_DOOR).sign(registration.uid.hex)
    return reverse("meetings:door_link", args=[token])


def door_read(token: str) -> uuid.UUID | None:
    """The uid of the registration that a token of ours names; None for any other text."""
    try:
        return uuid.UUID(hex=_signer(_DOOR).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def attestation_link(attendance: MeetingAttendance) -> str:
    """For whoever has no account: the address is the right."""
    signed = _signer(_ATTESTATION).sign(attendance.uid.hex)
    address = reverse("meetings:attendance_attestation", args=[attendance.uid])
    return f"{address}?{PROOF}={signed.partition('.')[2]}"


def is_proof(attendance: MeetingAttendance, proof: str) -> bool:
    """Whether this is the signature of that attestation."""
    try:
        _signer(_ATTESTATION).unsign(f"{attendance.uid.hex}.{proof}")
    except signing.BadSignature:
        return False
    return True


def _signer(salt: str) -> signing.Signer:
    return signing.Signer(salt=salt, sep=".")
