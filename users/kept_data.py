"""What is kept of an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken
from wagtail.users.models import UserProfile

from users.audit import sentence_of
from users.days import long_moment
from users.models import AUDIT_KEPT, AuditEntry, ErasureRequest, RetentionRun, User
from users.privacy.erasure import THINKING_DAYS, erasures_due
from users.privacy.registry import (
    REST,
    KeptData,
    Retention,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
)

ERASED_DOMAIN = "efface.invalid"
"""No mail goes there: RFC 2606 reserves the last part."""


def _user_erase(subject: Subject, now: dt.datetime) -> None:
    """The row stays, because the audit log answers for what an account did; it is nobody's."""
    user = subject.user
    if user is None:
        return
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(pk__in=list(sessions.values_list("session_key", flat=True))).delete()
    for model in (UserSession, EmailAddress, SocialAccount, Authenticator, UserProfile):
        model._default_manager.filter(user=user).delete()
    for model in (APIToken, EditingSession, FormState):
        model._default_manager.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.email = f"compte-{user.pk}@{ERASED_DOMAIN}"
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()


def _sessions_forget(before: dt.datetime) -> int:
    """Sessions that are over, and what was written down about each to list it."""
    count, _rows = Session.objects.filter(expire_date__lt=before).delete()
    open_keys = Session.objects.values("session_key")
    gone = UserSession.objects.filter(last_seen_at__lt=before)
    gone.exclude(session_key__in=open_keys).delete()
    return count


def _session_told(session: UserSession) -> str:
    """«1er mars 2026, 10:12 – depuis 192.0.2.1, Mozilla/5.0 …»."""
    words = gettext("%(at)s – depuis %(ip)s, %(browser)s")
    return words % {
        "at": long_moment(session.created_at),
        "ip": session.ip,
        "browser": session.user_agent,
    }


def _factor_told(factor: Authenticator) -> str:
    """«1er mars 2026, 10:12 – Codes de récupération»."""
    return f"{long_moment(factor.created_at)} – {factor.get_type_display()}"


def _act_told(entry: AuditEntry) -> str:
    """«3 mars 2026 10:12 – Habilitation accordée (grant:12)»."""
    moment = long_moment(entry.at)
    return f"{moment} – {sentence_of(entry.action)} ({entry.target})"


def _delete(rows: QuerySet[Any]) -> int:
    count, _rows = rows.delete()
    return int(count)


kept_data_declare(
    KeptData(
        key="account",
        order=10,
        title=_("Votre compte"),
        what=_(
            "Adresse électronique, nom, dates de création et de dernière connexion. Le mot de "
            "passe n’est gardé que sous une forme illisible."
        ),
        why=_("Vous reconnaître à chaque visite."),
        who=_("Vous, et les personnes qui administrent le site."),
        how_long=_("Tant que le compte existe."),
        goes=_("votre nom, vos adresses, votre mot de passe"),
        stays=_("Une ligne vide, sans nom ni adresse, à laquelle le journal renvoie."),
        tables=(
            Table(
                "users.User",
                of_account(User, "pk"),
                told="email first_name last_name date_joined last_login is_active",
                untold="password is_staff is_superuser",
            ),
            Table(
                "account.EmailAddress", of_account(EmailAddress), "email verified primary", "user"
            ),
            Table("account.EmailConfirmation", untold="email_address created sent key"),
            Table(
                "wagtailusers.UserProfile",
                of_account(UserProfile),
                told="preferred_language current_time_zone theme contrast density avatar",
                untold=f"user {REST}",
            ),
        ),
        erase=_user_erase,
        retention=(
            Retention(
                "confirmations",
                _("Liens de confirmation d’adresse"),
                30,
                lambda before: _delete(EmailConfirmation.objects.filter(created__lt=before)),
            ),
        ),
    ),
    KeptData(
        key="sign_in",
        order=20,
        title=_("Vos moyens de connexion"),
        what=_(
            "Second facteur, clés d’accès et codes de secours, sous une forme qui ne sert qu’à les "
            "vérifier ; ce qu’un fournisseur d’identité (Pro Santé Connect, annuaire de "
            "l’établissement) atteste de vous : nom, adresse, numéro national ou matricule, "
            "profession, établissements."
        ),
        why=_("Empêcher quelqu’un d’autre de se faire passer pour vous."),
        who=_("Vous. Personne ne peut lire les secrets."),
        how_long=_("Jusqu’à ce que vous les retiriez, ou que le compte soit effacé."),
        goes=_("vos moyens de connexion"),
        tables=(
            Table(
                "socialaccount.SocialAccount",
                of_account(SocialAccount),
                told="provider uid last_login date_joined extra_data",
                untold="user",
                title=_("Comptes chez un fournisseur d’identité"),
            ),
            Table("socialaccount.SocialToken", untold="app account token token_secret expires_at"),
            Table(
                "mfa.Authenticator",
                of_account(Authenticator),
                told="type created_at last_used_at",
                untold="user data",
                title=_("Seconds facteurs"),
                sentence=_factor_told,
            ),
            Table("wagtailcore.APIToken", of_account(APIToken), "name", f"user {REST}"),
        ),
    ),
    KeptData(
        key="sessions",
        order=30,
        title=_("Vos sessions"),
        what=_("Pour chaque session ouverte : adresse du réseau, navigateur, dernière activité."),
        why=_("Vous montrer où vous êtes connecté, et vous laisser y mettre fin."),
        who=_("Vous."),
        how_long=_("Tant que la session est ouverte."),
        goes=_("vos sessions ouvertes"),
        tables=(
            Table(
                "usersessions.UserSession",
                of_account(UserSession),
                told="created_at last_seen_at ip user_agent",
                untold="user session_key data",
                title=_("Sessions ouvertes"),
                sentence=_session_told,
            ),
            Table("sessions.Session", untold="session_key session_data expire_date"),
            Table(
                "wagtailadmin.EditingSession",
                of_account(EditingSession),
                "last_seen_at",
                f"user {REST}",
            ),
            Table("wagtailadmin.FormState", of_account(FormState), "", f"user data {REST}"),
        ),
        retention=(Retention("sessions", _("Sessions terminées"), 1, _sessions_forget),),
    ),
    KeptData(
        key="audit",
        order=80,
        title=_("Le journal des actes"),
        what=_(
            "Ce que votre compte a fait et dont il faut pouvoir répondre : habilitations données, "
            "noms consultés, exports, réglages. Le journal désigne les agents par leur "
            "identifiant, jamais par leur nom."
        ),
        why=_("Prouver qui a fait quoi en cas d’abus ou de contrôle."),
        who=_(
            "Les personnes qui répondent du site et, pour un établissement, celles qui y donnent "
            "les droits."
        ),
        how_long=_("La durée la plus longue que la CNIL recommande pour un journal."),
        stays=_("Les lignes du journal, jusqu’à leur terme, sous un compte vide."),
        tables=(
            Table(
                "users.AuditEntry",
                of_account(AuditEntry, "actor"),
                told="at action target details",
                untold="actor place",
                sentence=_act_told,
            ),
        ),
        retention=(
            Retention("audit", _("Journal des actes"), AUDIT_KEPT.days, AuditEntry.objects.forget),
        ),
    ),
    KeptData(
        key="erasures",
        order=90,
        title=_("Vos demandes d’effacement"),
        what=_("La date de la demande, de son retrait ou de son exécution."),
        why=_("Exécuter votre demande, et prouver qu’elle l’a été."),
        who=_("Vous, et les personnes qui administrent le site."),
        how_long=_("Le temps de pouvoir prouver que votre demande a été exécutée."),
        stays=_("La date de la demande et celle de l’effacement, sous un compte vide."),
        tables=(
            Table(
                "users.ErasureRequest",
                of_account(ErasureRequest),
                told="asked_at withdrawn_at done_at",
                untold="user",
            ),
        ),
        retention=(
            Retention("erasures", _("Effacements demandés"), THINKING_DAYS, erasures_due),
            Retention(
                "erasure_requests",
                _("Demandes d’effacement closes"),
                1096,
                lambda before: _delete(
                    ErasureRequest.objects.filter(asked_at__lt=before).exclude(
                        withdrawn_at=None, done_at=None
                    )
                ),
            ),
        ),
    ),
    KeptData(
        key="operations",
        order=95,
        title=_("Le fonctionnement du site"),
        what=_(
            "Tâches de fond terminées, et compte rendu des durées de conservation : des nombres."
        ),
        why=_("Repérer une panne."),
        who=_("Les personnes qui exploitent le site."),
        how_long=_("Le temps de comprendre une panne."),
        tables=(
            Table(
                "django_tasks_database.DBTaskResult", untold="args_kwargs return_value traceback *"
            ),
        ),
        retention=(
            Retention(
                "tasks",
                _("Tâches de fond terminées"),
                30,
                lambda before: _delete(
                    DBTaskResult.objects.finished().filter(finished_at__lt=before)
                ),
            ),
            Retention(
                "retention_runs",
                _("Comptes rendus des durées de conservation"),
                365,
                lambda before: _delete(RetentionRun.objects.filter(at__lt=before)),
            ),
        ),
    ),
)

impersonal_declare(
    "users.RetentionRun",
    "users.RetentionTimer",
    "users.IdentityProvider",
    "users.ProviderDomain",
    "socialaccount.SocialApp",
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
)
