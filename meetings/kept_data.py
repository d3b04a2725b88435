"""What is kept of those who come to a regional meeting, and of those who hold it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from meetings.models import CalendarFeed, Meeting, OrganiserMessage
from meetings.registrations.privacy import (
    attendance_of_subject,
    guests_forget,
    needs_forget,
    pending_forget,
    registration_told,
    registrations_erase,
    registrations_of_subject,
)
from users.privacy.registry import (
    REST,
    KeptData,
    Retention,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
)

YEAR = 365

kept_data_declare(
    KeptData(
        key="registrations",
        order=57,
        title=_("Vos inscriptions aux rencontres"),
        what=_(
            "La rencontre, votre nom, votre adresse électronique, votre établissement ou votre "
            "structure, comment vous venez, les besoins d’accessibilité que vous avez choisi de "
            "dire ; si vous étiez présent, et le code de votre attestation. L’adresse privée de "
            "votre agenda, si vous en avez demandé une."
        ),
        why=_("Vous garder une place, vous prévenir d’un changement, attester votre présence."),
        who=_(
            "Vous, et les organisateurs de la rencontre dans votre région. Vos besoins ne sont lus "
            "que par eux."
        ),
        how_long=_(
            "Avec un compte, tant que le compte existe. Une inscription par courriel : jusqu’à un "
            "an après la rencontre. Le fait qu’une personne de cette structure est venue reste."
        ),
        goes=_(
            "votre nom et votre adresse dans les inscriptions, vos besoins, vos places aux "
            "rencontres à venir, l’adresse privée de votre agenda"
        ),
        stays=_("Qu’une personne était présente, sous un identifiant qui ne mène plus à personne."),
        tables=(
            Table(
                "meetings.Registration",
                registrations_of_subject,
                told="meeting state first_name last_name email house attends needs is_walk_in "
                "created_at confirmed_at waiting_since cancelled_at",
                untold="uid account person",
                sentence=registration_told,
            ),
            Table(
                "meetings.MeetingAttendance",
                attendance_of_subject,
                told="attended_at how contributed_at code recorded_at withdrawn_at",
                untold="uid registration recorded_by withdrawn_by",
            ),
            Table(
                "meetings.CalendarFeed",
                of_account(CalendarFeed, "account"),
                told="created_at",
                untold="account uid",
            ),
        ),
        erase=registrations_erase,
        retention=(
            Retention(
                "meeting_needs", _("Besoins d’accessibilité, rencontre finie"), 1, needs_forget
            ),
            Retention("meeting_pending", _("Inscriptions non confirmées"), 3, pending_forget),
            Retention(
                "meeting_guests",
                _("Nom et adresse des inscrits par courriel, rencontre finie"),
                YEAR,
                guests_forget,
            ),
        ),
    ),
    KeptData(
        key="meetings",
        order=73,
        title=_("Le contact d’une rencontre, et qui l’organise"),
        what=_(
            "Nom et adresse professionnels de qui répond aux questions sur une rencontre ; qui l’a "
            "annulée, et ce que les organisateurs ont écrit aux inscrits."
        ),
        why=_("Que l’on puisse leur écrire, et qu’ils répondent de ce qu’ils ont fait."),
        who=_(
            "Le contact : tous les visiteurs du site. Le reste : les organisateurs de la région."
        ),
        how_long=_(
            "Tant que la rencontre est publiée ; les messages et les annulations, sans limite."
        ),
        stays=_(
            "Le contact, jusqu’à ce que l’organisateur le change ; les messages et les "
            "annulations, sous un compte vide."
        ),
        tables=(
            Table("meetings.MeetingPage", untold=f"contact_name contact_email {REST}"),
            Table(
                "meetings.Meeting",
                of_account(Meeting, "cancelled_by"),
                told="title cancelled_at cancel_reason",
                untold=f"cancelled_by contact_email {REST}",
            ),
            Table(
                "meetings.OrganiserMessage",
                of_account(OrganiserMessage, "sent_by"),
                told="meeting subject text audience sent_at recipients",
                untold="uid sent_by",
            ),
        ),
    ),
)

impersonal_declare("meetings.MeetingsIndexPage")
