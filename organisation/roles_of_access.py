"""Who may do what: the one table of roles that screens, rules, tests and documents read.

A role is what people say («référente d'un établissement»); rights are what the code asks for. A
role of the site is a set of rights in a scope of one kind, given as dated grants. A role of the
admin is a group of Django: it edits or operates the site and opens nobody's record of training.

`given_by` names the scopes in which `GIVE_ACCESS` lets its holder give the role, if hers contains
the role's. It is always wider than the role's own scope for the right to give: who may give comes
from above. Nobody gives a national role on the site; an administrator does, in the admin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.enums import GrantRight, ScopeKind

Text = Promise | str


class RoleKey(models.TextChoices):
    """The roles that grants make."""

    DEPARTMENT_MANAGER = "department_manager", _("Responsable de service")
    MANAGER = "manager", _("Responsable d’établissement")
    REFERENT = "referent", _("Référent d’établissement")
    COMMUNICATION = "communication", _("Communication d’établissement")
    REGION = "region", _("Agence régionale de santé")
    ORGANISER = "organiser", _("Organisation de rencontres")
    STEERING = "steering", _("Pilotage national")


@dataclass(frozen=True, slots=True)
class Role:
    """A role that grants make: `rights`, all of them in one scope of the kind `scope`."""

    key: RoleKey
    who: Text
    scope: ScopeKind
    rights: frozenset[GrantRight]
    given_by: frozenset[ScopeKind]
    may_be_asked: bool = False

    @property
    def label(self) -> Text:
        return self.key.label

    @property
    def sentences(self) -> list[Text]:
        """What it opens, in the order of the rights."""
        return [sentence_of(right, self.scope) for right in GrantRight if right in self.rights]


@dataclass(frozen=True, slots=True)
class GroupRole:
    """A role in the admin; `groups` are the names of Django groups, one of which is enough;
    the rooms that make them know nothing of roles, so a test compares the names."""

    label: Text
    sentence: Text
    groups: tuple[str, ...]


_TRAINING = frozenset({GrantRight.READ_COVERAGE, GrantRight.MANAGE_TRAINING})
_ABOVE = frozenset({ScopeKind.REGION, ScopeKind.NATION})
_HOUSE_AND_ABOVE = _ABOVE | {ScopeKind.ESTABLISHMENT}

ROLES: tuple[Role, ...] = (
    Role(
        RoleKey.REFERENT,
        _("Le premier contact de l’établissement : il habilite ensuite ses collègues."),
        ScopeKind.ESTABLISHMENT,
        _TRAINING | {GrantRight.GIVE_ACCESS},
        given_by=_ABOVE,
        may_be_asked=True,
    ),
    Role(
        RoleKey.MANAGER,
        _("RSSI, formation, direction."),
        ScopeKind.ESTABLISHMENT,
        _TRAINING,
        given_by=_HOUSE_AND_ABOVE,
        may_be_asked=True,
    ),
    Role(
        RoleKey.COMMUNICATION,
        _("Qui adapte les affiches et les diffuse."),
        ScopeKind.ESTABLISHMENT,
        frozenset({GrantRight.COMMUNICATE}),
        given_by=_HOUSE_AND_ABOVE,
        may_be_asked=True,
    ),
    Role(
        RoleKey.DEPARTMENT_MANAGER,
        _("Cadre d’un service."),
        ScopeKind.DEPARTMENT,
        _TRAINING,
        given_by=_HOUSE_AND_ABOVE,
    ),
    Role(
        RoleKey.REGION,
        _("L’ARS d’une région : des chiffres, jamais de noms d’agents."),
        ScopeKind.REGION,
        frozenset({GrantRight.READ_COVERAGE, GrantRight.GIVE_ACCESS}),
        given_by=frozenset({ScopeKind.NATION}),
    ),
    Role(
        RoleKey.ORGANISER,
        _("Qui tient les rencontres d’une région, à l’ARS ou au GRADeS."),
        ScopeKind.REGION,
        frozenset({GrantRight.ORGANISE_MEETINGS}),
        given_by=_ABOVE,
    ),
    Role(
        RoleKey.STEERING,
        _("L’équipe nationale : des chiffres, jamais de noms d’agents."),
        ScopeKind.NATION,
        frozenset({GrantRight.READ_COVERAGE, GrantRight.GIVE_ACCESS}),
        given_by=frozenset(),
    ),
)

GROUP_ROLES: tuple[GroupRole, ...] = (
    GroupRole(
        _("Rédaction nationale"),
        _("Écrire les pages, les modules et les supports, et les soumettre ou les publier."),
        ("Rédaction nationale", "Relecture"),
    ),
    GroupRole(
        _("Rédaction régionale"),
        _(
            "Écrire les rencontres des régions où l’on tient aussi « Organisation de rencontres », "
            "et les soumettre à l’équipe nationale, qui les publie."
        ),
        ("Rédaction régionale",),
    ),
    GroupRole(
        _("Exploitation"),
        _("Suivre les échanges de traces, les envois de courriels et le journal d’audit."),
        ("Exploitation",),
    ),
)

EVERYBODY: Text = _("Suivre les formations, les reprendre, et télécharger ses attestations.")
"""What any account may do: that of a learner."""

SUPERUSER: Text = _("Tout régler dans l’administration du site, comptes et groupes compris.")

# What a right opens, in the reader's words; the second where a scope is far.
SENTENCES: dict[GrantRight, tuple[Text, Text]] = {
    GrantRight.READ_COVERAGE: (
        _("Lire la couverture des formations, avec le nom des agents non formés."),
        _("Lire la couverture des formations, en chiffres et sans aucun nom."),
    ),
    GrantRight.MANAGE_TRAINING: (
        _("Organiser la formation : obligations, séances d’équipe, codes et attestations."),
        _("Sans effet à cette échelle : la formation s’organise dans l’établissement."),
    ),
    GrantRight.COMMUNICATE: (
        _("Adapter les affiches au nom de l’établissement, avec son logo et ses contacts."),
        _("Adapter les affiches au nom des établissements de ce périmètre."),
    ),
    GrantRight.GIVE_ACCESS: (
        _("Habiliter les collègues de l’établissement, prolonger et retirer leurs droits."),
        _("Décider des demandes d’accès des établissements et habiliter leurs référents."),
    ),
    GrantRight.ORGANISE_MEETINGS: (
        _("Sans effet à cette échelle : les rencontres sont celles d’une région."),
        _("Organiser les rencontres : inscrits, messages, présences, avec leurs noms."),
    ),
}
_NEAR = frozenset({ScopeKind.DEPARTMENT, ScopeKind.ESTABLISHMENT})


def role_of(key: str) -> Role:
    """Raises ValueError for a word that is no role."""
    return _BY_KEY[RoleKey(key)]


def roles_to_ask() -> list[Role]:
    """Those that somebody asks for on the site."""
    return [role for role in ROLES if role.may_be_asked]


def role_named(rights: Iterable[GrantRight], scope: ScopeKind) -> Role | None:
    """The role that exactly these rights make there."""
    held = frozenset(rights)
    return next((one for one in ROLES if one.scope == scope and one.rights == held), None)


def scopes_that_give(right: GrantRight, scope: ScopeKind) -> frozenset[ScopeKind]:
    """The kinds of scope from which a right is given at another; empty: nobody gives it there."""
    return frozenset().union(
        *(role.given_by for role in ROLES if role.scope == scope and right in role.rights)
    )


def sentence_of(right: GrantRight, scope: ScopeKind) -> Text:
    """What a right opens in a scope of this kind."""
    near, far = SENTENCES[right]
    return near if scope in _NEAR else far


_BY_KEY = {role.key: role for role in ROLES}
