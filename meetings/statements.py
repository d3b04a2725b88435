"""The statements that meetings are, each from its stored row.

Whoever has no account of this platform is its one anonymous actor: neither a name nor an address
ever stands in a statement. What a meeting counts for is its parent.
"""

from __future__ import annotations

from typing import Any

from lrs.identifiers import ANONYMOUS_NAME, activity_iri, statement_uuid
from lrs.issuing import LANGUAGE, activity, issued, named
from lrs.xapi.vocabulary import activity_types, verbs
from meetings.enums import How
from meetings.models import Meeting, MeetingAttendance, Registration
from training.enums import Provenance
from training.provenance import provenance_iri
from training.statements import module_activity

MEETING = "meeting"
ATTENDED = "attended"
CONTRIBUTED = "contributed"


def meeting_activity(meeting: Meeting) -> dict[str, Any]:
    iri = activity_iri(MEETING, meeting.uid)
    return activity(iri, activity_types.MEETING, name=named(meeting.title))


def registered(registration: Registration) -> dict[str, Any]:
    """«registered»: she has a seat."""
    assert registration.confirmed_at is not None
    return issued(
        identity=("registered", registration.uid),
        actor=_actor(registration),
        verb=verbs.REGISTERED,
        target=meeting_activity(registration.meeting),
        at=registration.confirmed_at,
        context=_context(registration),
    )


def attended(attendance: MeetingAttendance) -> dict[str, Any]:
    """«attended»: the statement that a completion is projected from, if it counts for something."""
    registration = attendance.registration
    context = _context(registration)
    if registration.meeting.counts_for is not None:
        parent = module_activity(registration.meeting.counts_for)
        context["contextActivities"] = {"parent": [parent]}
    if How(attendance.how) is How.PAPER:
        context["extensions"] = {provenance_iri(): Provenance.PAPER.value}
    return issued(
        identity=(ATTENDED, attendance.uid),
        actor=_actor(registration),
        verb=verbs.ATTENDED,
        target=meeting_activity(registration.meeting),
        at=attendance.attended_at,
        context=context,
    )


def contributed(attendance: MeetingAttendance) -> dict[str, Any]:
    """«shared», the nearest published verb: she spoke, or told of her hospital."""
    assert attendance.contributed_at is not None
    registration = attendance.registration
    return issued(
        identity=(CONTRIBUTED, attendance.uid),
        actor=_actor(registration),
        verb=verbs.SHARED,
        target=meeting_activity(registration.meeting),
        at=attendance.contributed_at,
        context=_context(registration),
    )


def withdrawn(attendance: MeetingAttendance, happened: str, actor: str) -> dict[str, Any]:
    """«voided» about what was said of an attendance (Part Two 2.3.2): `happened` is "attended" or
    "contributed", `actor` the account name of who takes it back."""
    assert attendance.withdrawn_at is not None
    return issued(
        identity=(f"withdrawn-{happened}", attendance.uid),
        actor=actor,
        verb=verbs.VOIDED,
        target={
            "objectType": "StatementRef",
            "id": str(statement_uuid(happened, attendance.uid)),
        },
        at=attendance.withdrawn_at,
    )


def _actor(registration: Registration) -> str:
    return str(registration.person.uid) if registration.person else ANONYMOUS_NAME


def _context(registration: Registration) -> dict[str, Any]:
    return {"registration": str(registration.uid), "language": LANGUAGE}
