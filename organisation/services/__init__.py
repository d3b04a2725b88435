"""Writing the organisation. One subject a file; other rooms import from here."""

from .access import access_end, access_extend, access_give
from .appointments import (
    AppointmentCorrection,
    AppointmentStart,
    appointment_end,
    appointment_move,
    appointment_start,
    appointments_correct,
    appointments_start,
    appointments_withdraw,
)
from .codes import IssuedCode, access_code_revoke, access_code_use, access_codes_issue
from .contacts import Contacts, establishment_contacts_set
from .departments import department_create, department_rename
from .establishments import establishment_save
from .grants import grant_end, grant_extend, grant_give
from .headcounts import (
    MOST_PEOPLE,
    HeadcountDeclaration,
    headcount_declare,
    headcounts_declare,
    headcounts_withdraw,
)
from .identifiers import Number, identifiers_replace
from .merging import establishments_merge
from .operators import operators_hold_their_rights
from .people import (
    PersonDraft,
    people_correct,
    people_create,
    person_create,
    person_for_user,
    person_link_attested,
    person_rename,
)
from .people_apart import people_keep_apart, people_offer_again
from .people_merging import merge_refusals, people_merge
from .proofs import access_proofs_forget, proof_sent_find, proof_sent_keep
from .reading import names_read
from .requests import (
    RequestClosed,
    access_request_create,
    access_request_grant,
    access_request_refuse,
    access_request_withdraw,
)

__all__ = [
    "MOST_PEOPLE",
    "AppointmentCorrection",
    "AppointmentStart",
    "Contacts",
    "HeadcountDeclaration",
    "IssuedCode",
    "Number",
    "PersonDraft",
    "RequestClosed",
    "access_code_revoke",
    "access_code_use",
    "access_codes_issue",
    "access_end",
    "access_extend",
    "access_give",
    "access_proofs_forget",
    "access_request_create",
    "access_request_grant",
    "access_request_refuse",
    "access_request_withdraw",
    "appointment_end",
    "appointment_move",
    "appointment_start",
    "appointments_correct",
    "appointments_start",
    "appointments_withdraw",
    "department_create",
    "department_rename",
    "establishment_contacts_set",
    "establishment_save",
    "establishments_merge",
    "grant_end",
    "grant_extend",
    "grant_give",
    "headcount_declare",
    "headcounts_declare",
    "headcounts_withdraw",
    "identifiers_replace",
    "merge_refusals",
    "names_read",
    "operators_hold_their_rights",
    "people_correct",
    "people_create",
    "people_keep_apart",
    "people_merge",
    "people_offer_again",
    "person_create",
    "person_for_user",
    "person_link_attested",
    "person_rename",
    "proof_sent_find",
    "proof_sent_keep",
]
