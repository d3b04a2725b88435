"""What is kept of the people who work in a hospital, and of those who answer for others there."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from organisation.headcounts.flow import counts_expire
from organisation.models import (
    AccessCode,
    AccessRequest,
    Appointment,
    Grant,
    HeadcountImport,
    PeopleApart,
    Person,
    PersonAlias,
    PersonIdentifier,
    RosterChange,
    RosterImport,
)
from organisation.privacy import (
    access_erase,
    codes_erase,
    codes_forget,
    leavers_erase,
    person_erase,
    request_texts_forget,
    roster_traces_erase,
    subject_of_account,
    unproved_accounts_forget,
)
from organisation.rosters.flow import KEPT as ROSTERS_KEPT
from organisation.rosters.flow import rosters_expire
from organisation.services.proofs import PROOF_KEPT, access_proofs_forget
from users.privacy.registry import (
    REST,
    KeptData,
    Retention,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
    of_actor,
    subject_of_declare,
)

YEAR = 365


def _rosters_forget(before: dt.datetime) -> int:
    now = before + ROSTERS_KEPT
    return rosters_expire(now=now) + counts_expire(now=now)


def _proofs_forget(before: dt.datetime) -> int:
    return access_proofs_forget(now=before + PROOF_KEPT)


def _apart_of(subject: Subject) -> QuerySet[PeopleApart]:
    rows = PeopleApart.objects.order_by("pk")
    if subject.actor is None:
        return rows.none()
    return rows.filter(Q(first__uid=subject.actor) | Q(second__uid=subject.actor))


kept_data_declare(
    KeptData(
        key="person",
        order=15,
        title=_("Votre fiche d’agent"),
        what=_(
            "Nom, adresse électronique professionnelle, établissement, service, métier et dates ; "
            "votre matricule ou votre numéro national (RPPS, ADELI) si la liste du personnel les "
            "porte. Votre établissement peut la transmettre même si vous n’avez pas de compte."
        ),
        why=_("Savoir qui doit être formé, et ne compter personne deux fois."),
        who=_(
            "Vous, et les responsables habilités de votre service ou de votre établissement. La "
            "région et le niveau national ne lisent que des nombres."
        ),
        how_long=_("Tant que vous travaillez dans un établissement."),
        goes=_("vos numéros (RPPS, ADELI, matricule), vos affectations en cours"),
        stays=_(
            "Vos affectations sous un identifiant qui ne mène plus à personne : elles font le "
            "dénominateur des mois passés. Celles en cours se terminent."
        ),
        tables=(
            Table(
                "organisation.Person",
                of_actor(Person, "uid"),
                told="uid last_name first_name email erased_at",
                untold="user",
            ),
            Table(
                "organisation.PersonAlias",
                of_actor(PersonAlias),
                told="uid merged_at",
                untold="person",
            ),
            Table(
                "organisation.PersonIdentifier",
                of_actor(PersonIdentifier),
                told="kind value establishment",
                untold="person",
            ),
            Table(
                "organisation.PeopleApart",
                _apart_of,
                told="decided_at",
                untold="first second decided_by",
                title=_("Fiches qui se ressemblent, reconnues comme celles de deux personnes"),
            ),
            Table(
                "organisation.Appointment",
                of_actor(Appointment),
                told="establishment site department role starts_on ends_on",
                untold="person",
            ),
        ),
        erase=person_erase,
        retention=(Retention("leavers", _("Identité des agents partis"), 5 * YEAR, leavers_erase),),
    ),
    KeptData(
        key="rosters",
        order=40,
        title=_("Les listes du personnel"),
        what=_(
            "Le fichier que votre établissement a envoyé, ses lignes, et ce qu’il a changé à "
            "chaque fiche."
        ),
        why=_("Pouvoir annuler une liste envoyée par erreur."),
        who=_("Les personnes qui importent les listes."),
        how_long=_("Le fichier est effacé dès que ses lignes sont appliquées."),
        goes=_("vos lignes dans les listes du personnel"),
        stays=_("Le nom du fichier, sa date et des nombres."),
        tables=(
            Table(
                "organisation.RosterChange",
                of_actor(RosterChange),
                told="kind name details",
                untold="roster key person lines effects refusal",
            ),
            Table("organisation.RosterLine", untold="roster number values problem conflict"),
            Table(
                "organisation.RosterImport",
                of_account(RosterImport, "requested_by"),
                "file_name requested_at as_of",
                f"requested_by {REST}",
            ),
            Table(
                "organisation.HeadcountImport",
                of_account(HeadcountImport, "requested_by"),
                "file_name requested_at as_of",
                f"requested_by {REST}",
            ),
        ),
        erase=roster_traces_erase,
        retention=(
            Retention(
                "rosters", _("Lignes des listes du personnel"), ROSTERS_KEPT.days, _rosters_forget
            ),
        ),
    ),
    KeptData(
        key="access",
        order=45,
        title=_("Vos demandes d’accès et vos habilitations"),
        what=_(
            "Ce que vous avez demandé et pourquoi, votre justificatif, la décision ; les droits "
            "accordés, où, par qui, jusqu’à quand."
        ),
        why=_("Que chacun ne voie que ce qui le regarde, et que quelqu’un en réponde."),
        who=_("Vous, et ceux qui donnent les droits au-dessus de vous."),
        how_long=_("Les habilitations : tant que le compte existe, même terminées."),
        goes=_("vos droits, vos demandes d’accès et leurs justificatifs"),
        stays=_("Qu’un droit a été donné en ce lieu, à ces dates, à un compte vide."),
        tables=(
            Table(
                "organisation.AccessRequest",
                of_account(AccessRequest),
                told="establishment role function message requested_at state decided_at reason "
                "proof_deleted_at",
                untold="uid user proof decided_by",
            ),
            Table(
                "organisation.Grant",
                of_account(Grant),
                told="right scope region establishment department starts_on ends_on",
                untold="user granted_by",
            ),
        ),
        erase=access_erase,
        retention=(
            Retention("proofs", _("Justificatifs"), PROOF_KEPT.days, _proofs_forget),
            Retention("requests", _("Demandes d’accès closes"), 3 * YEAR + 1, request_texts_forget),
            Retention(
                "unproved",
                _("Comptes dont l’adresse n’a jamais été confirmée"),
                30,
                unproved_accounts_forget,
            ),
        ),
    ),
    KeptData(
        key="codes",
        order=55,
        title=_("Vos codes de connexion à usage unique"),
        what=_(
            "Qui vous l’a remis, quand, jusqu’à quand il valait, quand il a servi. Le code "
            "lui-même n’est gardé nulle part, seulement une empreinte qui permet de le reconnaître."
        ),
        why=_("Pouvoir dire qui a ouvert une session à votre nom."),
        who=_("Votre responsable, tant que le code vaut."),
        how_long=_("La remise reste au journal des actes."),
        goes=_("vos codes de connexion"),
        tables=(
            Table(
                "organisation.AccessCode",
                of_actor(AccessCode),
                told="kind issued_at expires_at used_at revoked_at",
                untold="uid person digest issued_by",
            ),
        ),
        erase=codes_erase,
        retention=(Retention("codes", _("Codes de connexion expirés"), 90, codes_forget),),
    ),
    KeptData(
        key="contacts",
        order=70,
        title=_("Le contact de sécurité d’un établissement"),
        what=_("Nom, téléphone et adresse professionnels, s’ils sont les vôtres."),
        why=_("Que vos collègues sachent qui appeler en cas d’incident."),
        who=_("Toute personne de l’établissement, et qui voit ses affiches."),
        how_long=_("Jusqu’à ce que l’établissement en indique un autre."),
        stays=_(
            "Le contact, jusqu’à ce que l’établissement le change : il est écrit sur ses murs."
        ),
        tables=(
            Table(
                "organisation.Establishment",
                untold=f"hotline security_contact_name security_contact_email {REST}",
            ),
        ),
    ),
)


subject_of_declare(subject_of_account)

impersonal_declare(
    "organisation.Region",
    "organisation.Site",
    "organisation.Department",
    "organisation.RoleFamily",
    "organisation.StaffRole",
    "organisation.Headcount",
    "organisation.RegisterImport",
    "organisation.RosterMapping",
    "organisation.RosterLayout",
)
