"""The acts that the audit log keeps, in words. `audit_record` refuses any other.

What each entry's `details` hold is the writer's; they never hold a name, an address or a secret.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    """What somebody who searches the log is after."""

    ACCESS = "access", _("Droits et comptes")
    NAMES = "names", _("Consultations de noms")
    EXPORTS = "exports", _("Exports et téléchargements")
    CREDENTIALS = "credentials", _("Clés, codes et échanges")
    SETTINGS = "settings", _("Réglages et obligations")
    PEOPLE = "people", _("Agents et établissements")
    TRAINING = "training", _("Formations et attestations")
    CAMPAIGN = "campaign", _("Supports de la campagne")
    MEETINGS = "meetings", _("Rencontres")


@dataclass(frozen=True, slots=True)
class Act:
    sentence: Promise
    kind: ActKind


ACTS: dict[str, Act] = {
    "access_request.create": Act(_("Demande d’accès faite"), ActKind.ACCESS),
    "access_request.withdraw": Act(_("Demande d’accès retirée"), ActKind.ACCESS),
    "access_request.grant": Act(_("Demande d’accès accordée"), ActKind.ACCESS),
    "access_request.refuse": Act(_("Demande d’accès refusée"), ActKind.ACCESS),
    "access_request.proof_read": Act(_("Justificatif d’une demande lu"), ActKind.NAMES),
    "access_request.proofs_forget": Act(_("Anciens justificatifs effacés"), ActKind.ACCESS),
    "account.create": Act(_("Compte créé dans l’administration"), ActKind.ACCESS),
    "account.update": Act(_("Compte ou groupes d’un compte modifiés"), ActKind.ACCESS),
    "account.delete": Act(_("Compte supprimé"), ActKind.ACCESS),
    "erasure.ask": Act(_("Effacement d’un compte demandé"), ActKind.ACCESS),
    "erasure.withdraw": Act(_("Demande d’effacement retirée"), ActKind.ACCESS),
    "identity.erase": Act(_("Identité effacée"), ActKind.ACCESS),
    "identity.link": Act(_("Compte relié à un fournisseur d’identité"), ActKind.ACCESS),
    "identity.unlink": Act(_("Compte détaché d’un fournisseur d’identité"), ActKind.ACCESS),
    "identity_provider.create": Act(_("Fournisseur d’identité ajouté"), ActKind.SETTINGS),
    "identity_provider.update": Act(_("Fournisseur d’identité modifié"), ActKind.SETTINGS),
    "grant.give": Act(_("Habilitation accordée"), ActKind.ACCESS),
    "grant.extend": Act(_("Habilitation prolongée"), ActKind.ACCESS),
    "grant.end": Act(_("Habilitation terminée"), ActKind.ACCESS),
    "coverage.names_read": Act(_("Noms d’agents à former lus"), ActKind.NAMES),
    "attendance.names_read": Act(_("Noms de participants aux rencontres lus"), ActKind.NAMES),
    "people.names_read": Act(_("Noms d’agents ou de comptes lus"), ActKind.NAMES),
    "attestations.download": Act(_("Archive d’attestations téléchargée"), ActKind.EXPORTS),
    "attestations.export": Act(_("Archive d’attestations demandée"), ActKind.EXPORTS),
    "audit.export": Act(_("Journal d’audit exporté"), ActKind.EXPORTS),
    "personal_data.export": Act(_("Données d’une personne exportées"), ActKind.EXPORTS),
    "attendance.export": Act(_("Participation aux rencontres exportée"), ActKind.EXPORTS),
    "coverage.export": Act(_("Couverture exportée"), ActKind.EXPORTS),
    "evidence.issue": Act(_("Dossier de preuve délivré"), ActKind.EXPORTS),
    "evidence.download": Act(_("Dossier de preuve téléchargé"), ActKind.EXPORTS),
    "evidence.revoke": Act(_("Dossier de preuve révoqué"), ActKind.EXPORTS),
    "coverage.remind": Act(_("Agents à former relancés par courriel"), ActKind.TRAINING),
    "objective.set": Act(_("Objectif de couverture fixé"), ActKind.SETTINGS),
    "objective.change": Act(_("Objectif de couverture modifié"), ActKind.SETTINGS),
    "objective.end": Act(_("Objectif de couverture terminé"), ActKind.SETTINGS),
    "coverage.api_read": Act(_("Couverture lue par programme"), ActKind.EXPORTS),
    "coverage.key_create": Act(_("Clé d’accès à la couverture créée"), ActKind.CREDENTIALS),
    "coverage.key_revoke": Act(_("Clé d’accès à la couverture révoquée"), ActKind.CREDENTIALS),
    "reach.export": Act(_("Portée de la campagne exportée"), ActKind.EXPORTS),
    "quizzes.export": Act(_("Analyse des questions exportée"), ActKind.EXPORTS),
    "access_code.issue": Act(_("Code de connexion remis"), ActKind.CREDENTIALS),
    "access_code.revoke": Act(_("Code de connexion annulé"), ActKind.CREDENTIALS),
    "access_code.use": Act(_("Code de connexion utilisé"), ActKind.CREDENTIALS),
    "lrs.credential.create": Act(_("Clé xAPI créée"), ActKind.CREDENTIALS),
    "lrs.credential.update": Act(_("Clé xAPI modifiée"), ActKind.CREDENTIALS),
    "lrs.credential.rotate": Act(_("Secret d’une clé xAPI renouvelé"), ActKind.CREDENTIALS),
    "lrs.credential.revoke": Act(_("Clé xAPI révoquée"), ActKind.CREDENTIALS),
    "lrs.forward.create": Act(_("Destination de traces créée"), ActKind.CREDENTIALS),
    "lrs.forward.update": Act(_("Destination de traces modifiée"), ActKind.CREDENTIALS),
    "lrs.forward.pause": Act(_("Envoi de traces suspendu"), ActKind.CREDENTIALS),
    "lrs.forward.resume": Act(_("Envoi de traces repris"), ActKind.CREDENTIALS),
    "lrs.forward.close": Act(_("Destination de traces fermée"), ActKind.CREDENTIALS),
    "lrs.forward.retry": Act(_("Traces en échec renvoyées"), ActKind.CREDENTIALS),
    "lrs.forward.replay": Act(_("Traces d’une période renvoyées"), ActKind.CREDENTIALS),
    "notifications.resume": Act(_("Envoi groupé de courriels repris"), ActKind.SETTINGS),
    "notifications.retry": Act(_("Courriels en échec renvoyés"), ActKind.SETTINGS),
    "requirement.create": Act(_("Obligation de formation créée"), ActKind.SETTINGS),
    "requirement.update": Act(_("Obligation de formation modifiée"), ActKind.SETTINGS),
    "requirement.end": Act(_("Obligation de formation terminée"), ActKind.SETTINGS),
    "retraining.ask": Act(_("Nouvelle formation demandée à tous"), ActKind.SETTINGS),
    "retraining.withdraw": Act(_("Nouvelle formation retirée"), ActKind.SETTINGS),
    "trainable.create": Act(_("Participation à une rencontre créée"), ActKind.SETTINGS),
    "trainable.update": Act(_("Participation à une rencontre renommée"), ActKind.SETTINGS),
    "settings.update": Act(_("Réglages du site modifiés"), ActKind.SETTINGS),
    "appointment.start": Act(_("Affectation commencée"), ActKind.PEOPLE),
    "appointment.move": Act(_("Affectation changée"), ActKind.PEOPLE),
    "appointment.correct": Act(_("Affectation corrigée"), ActKind.PEOPLE),
    "appointment.withdraw": Act(_("Affectation retirée"), ActKind.PEOPLE),
    "appointment.end": Act(_("Affectation terminée"), ActKind.PEOPLE),
    "department.create": Act(_("Service créé"), ActKind.PEOPLE),
    "department.rename": Act(_("Service renommé"), ActKind.PEOPLE),
    "establishment.contacts": Act(_("Contacts d’un établissement modifiés"), ActKind.PEOPLE),
    "establishment.create": Act(_("Établissement créé"), ActKind.PEOPLE),
    "establishment.update": Act(_("Fiche d’un établissement modifiée"), ActKind.PEOPLE),
    "establishment.merge": Act(_("Établissements fusionnés"), ActKind.PEOPLE),
    "headcount.declare": Act(_("Effectif déclaré"), ActKind.PEOPLE),
    "headcount.withdraw": Act(_("Effectif déclaré retiré"), ActKind.PEOPLE),
    "headcounts.upload": Act(_("Fichier d’effectifs déposé"), ActKind.PEOPLE),
    "headcounts.apply": Act(_("Fichier d’effectifs appliqué"), ActKind.PEOPLE),
    "headcounts.discard": Act(_("Fichier d’effectifs abandonné"), ActKind.PEOPLE),
    "headcounts.undo": Act(_("Fichier d’effectifs annulé"), ActKind.PEOPLE),
    "person.create": Act(_("Agent créé"), ActKind.PEOPLE),
    "person.link": Act(_("Agent relié à son compte"), ActKind.PEOPLE),
    "person.keep_apart": Act(_("Deux fiches dites de deux personnes"), ActKind.PEOPLE),
    "person.offer_again": Act(_("Deux fiches proposées à nouveau comme doublon"), ActKind.PEOPLE),
    "person.merge": Act(_("Deux fiches d’un même agent fusionnées"), ActKind.PEOPLE),
    "person.rename": Act(_("Nom ou adresse d’un agent corrigés"), ActKind.PEOPLE),
    "register.import": Act(_("Registre des établissements importé"), ActKind.PEOPLE),
    "roster.upload": Act(_("Liste du personnel déposée"), ActKind.PEOPLE),
    "roster.confirm": Act(_("Liste du personnel confirmée"), ActKind.PEOPLE),
    "roster.discard": Act(_("Liste du personnel abandonnée"), ActKind.PEOPLE),
    "roster.apply": Act(_("Liste du personnel appliquée"), ActKind.PEOPLE),
    "roster.undo": Act(_("Liste du personnel annulée"), ActKind.PEOPLE),
    "site.transfer": Act(_("Site rattaché à un autre établissement"), ActKind.PEOPLE),
    "team_session.open": Act(_("Séance d’équipe ouverte"), ActKind.TRAINING),
    "team_session.close": Act(_("Séance d’équipe close"), ActKind.TRAINING),
    "training.declare": Act(_("Formations déclarées"), ActKind.TRAINING),
    "training.withdraw": Act(_("Formations déclarées retirées"), ActKind.TRAINING),
    "adaptation.create": Act(_("Support adapté"), ActKind.CAMPAIGN),
    "adaptation.delete": Act(_("Support adapté supprimé"), ActKind.CAMPAIGN),
    "brand.save": Act(_("Carte de marque enregistrée"), ActKind.CAMPAIGN),
    "brand.restore": Act(_("Carte de marque rétablie"), ActKind.CAMPAIGN),
    "meeting.cancel": Act(_("Rencontre annulée"), ActKind.MEETINGS),
    "meeting.names_read": Act(_("Noms des inscrits à une rencontre lus"), ActKind.NAMES),
    "meeting.export": Act(_("Inscrits d’une rencontre exportés"), ActKind.EXPORTS),
    "meeting.add": Act(_("Personne inscrite par l’organisateur"), ActKind.MEETINGS),
    "meeting.unregister": Act(_("Inscription annulée par l’organisateur"), ActKind.MEETINGS),
    "meeting.message": Act(_("Message envoyé aux inscrits"), ActKind.MEETINGS),
    "meeting.repeat": Act(_("Série de rencontres préparée"), ActKind.MEETINGS),
    "meeting.attendance": Act(_("Présences à une rencontre enregistrées"), ActKind.MEETINGS),
    "meeting.contribution": Act(_("Prises de parole enregistrées"), ActKind.MEETINGS),
    "meeting.attendance_withdraw": Act(_("Présences à une rencontre retirées"), ActKind.MEETINGS),
}


def sentence_of(action: str) -> str:
    """The act in words; an old entry's word that is no longer used stands for itself."""
    act = ACTS.get(action)
    return str(act.sentence) if act else action


def actions_of(kind: str) -> list[str]:
    return [name for name, act in ACTS.items() if act.kind == kind]
