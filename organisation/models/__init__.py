"""Where people work, as what, and who may see it.

An **establishment** is a hospital as people know it: the legal entity (FINESS EJ), in a region and
a family. It has **sites** (FINESS ET) and **departments** (services). A **person** is somebody who
works there, with or without an account; an **appointment** says where, as what **staff role** and
over which half-open interval of dates. Nobody is deleted: appointments end, people are erased to a
tombstone; of two rows for one person the second leaves an **alias**. **Headcounts** are what HR
declares, and are the honest half of every denominator.
A **grant** is a dated right of an account in a scope; an **access request** asks somebody above for
some. An **access code** lets a person learn once without an account. A **roster import** brings an
establishment's people from a file, a **headcount import** what it declares.
"""

from .access import Grant
from .codes import AccessCode
from .headcounts import HeadcountImport
from .people import Appointment, Headcount, PeopleApart, Person, PersonAlias, PersonIdentifier
from .places import Department, Establishment, Region, Site
from .register import RegisterImport
from .requests import AccessRequest
from .roles import RoleFamily, StaffRole
from .rosters import RosterChange, RosterImport, RosterLayout, RosterLine, RosterMapping
from .scopes import ScopedModel

__all__ = [
    "AccessCode",
    "AccessRequest",
    "Appointment",
    "Department",
    "Establishment",
    "Grant",
    "Headcount",
    "HeadcountImport",
    "PeopleApart",
    "Person",
    "PersonAlias",
    "PersonIdentifier",
    "Region",
    "RegisterImport",
    "RoleFamily",
    "RosterChange",
    "RosterImport",
    "RosterLayout",
    "RosterLine",
    "RosterMapping",
    "ScopedModel",
    "Site",
    "StaffRole",
]
