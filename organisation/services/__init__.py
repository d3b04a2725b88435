"""Writing the organisation. One subject a file; other rooms import from here."""

from .appointments import (
    AppointmentStart,
    appointment_end,
    appointment_move,
    appointment_start,
    appointments_start,
)
from .codes import IssuedCode, access_code_revoke, access_code_use, access_codes_issue
from .contacts import Contacts, establishment_contacts_set
from .departments import department_create, department_rename
from .grants import grant_end, grant_give
from .headcounts import HeadcountDeclaration, headcount_declare, headcounts_declare
from .merging import establishments_merge
from .people import (
    PersonDraft,
    people_create,
    person_create,
    person_for_user,
    person_link_by_number,
    person_rename,
)

__all__ = [
    "AppointmentStart",
    "Contacts",
    "HeadcountDeclaration",
    "IssuedCode",
    "PersonDraft",
    "access_code_revoke",
    "access_code_use",
    "access_codes_issue",
    "appointment_end",
    "appointment_move",
    "appointment_start",
    "appointments_start",
    "department_create",
    "department_rename",
    "establishment_contacts_set",
    "establishments_merge",
    "grant_end",
    "grant_give",
    "headcount_declare",
    "headcounts_declare",
    "people_create",
    "person_create",
    "person_for_user",
    "person_link_by_number",
    "person_rename",
]
