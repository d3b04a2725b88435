"""What is kept of people in the record store: under an opaque uid, and never with a name."""

from __future__ import annotations

import datetime as dt
import json

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lrs.identifiers import account_agent
from lrs.keys import Kind, agent_key, lookup_key, lookup_number
from lrs.models import Document, Relation, Replay, Statement
from users.days import long_moment
from users.privacy.registry import (
    REST,
    KeptData,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
)


def _agents(subject: Subject) -> list[str]:
    return [agent_key(account_agent(actor)) for actor in subject.actors]


def statements_of(subject: Subject) -> QuerySet[Statement]:
    """Those in which the subject is the actor or the object, voided ones too."""
    agents = _agents(subject)
    if not agents:
        return Statement.objects.none()
    numbers = [lookup_number(Kind.AGENT, agent) for agent in agents]
    related = Relation.objects.filter(number__in=numbers)
    return Statement.objects.filter(pk__in=related.values("statement")).order_by("pk")


def documents_of(subject: Subject) -> QuerySet[Document]:
    keys = [lookup_key(agent) for agent in _agents(subject)]
    return Document.objects.filter(agent_key__in=keys).order_by("pk")


def statement_sentence(row: Statement) -> str:
    """«3 mars 2026 10:12 – completed : Reconnaître un courriel piégé»."""
    said = json.loads(row.payload)
    verb, target = said["verb"], said["object"]
    words = [_shown(verb.get("display")) or verb["id"].rsplit("/", 1)[-1]]
    words.append(_shown(target.get("definition", {}).get("name")) or target.get("id", ""))
    score = said.get("result", {}).get("score", {}).get("scaled")
    if score is not None:
        words.append(f"{round(score * 100)} %")
    moment = long_moment(row.timestamp)
    return f"{moment} – {' : '.join(word for word in words if word)}"


def _shown(texts: dict[str, str] | None) -> str:
    if not texts:
        return ""
    return texts.get("fr") or texts.get("fr-FR") or next(iter(texts.values()))


def _documents_erase(subject: Subject, now: dt.datetime) -> None:
    """Unlike a statement, a document is no record: it says where a system is with somebody."""
    documents_of(subject).delete()


kept_data_declare(
    KeptData(
        key="statements",
        order=50,
        title=_("Vos traces d’apprentissage"),
        what=_(
            "Module commencé, leçon terminée, réponse donnée, quiz réussi ou non, avec l’heure et, "
            "le cas échéant, l’affiche qui vous y a mené. Elles suivent le standard xAPI et vous "
            "désignent par un identifiant opaque : ni votre nom ni votre adresse n’y figurent."
        ),
        why=_("Prouver qu’une formation a été suivie, et compter qui est formé."),
        who=_(
            "Vous. Les responsables voient seulement qu’une formation est validée. Les systèmes à "
            "qui l’organisme a ouvert un accès aux traces les lisent avec l’identifiant opaque."
        ),
        how_long=_("Sans limite : c’est la preuve de la formation."),
        goes=_("où les modules en étaient avec vous"),
        stays=_(
            "Les traces, sous un identifiant qui ne mène plus à personne : sans elles les chiffres "
            "des mois passés seraient faux. Ce qui a déjà été transmis à un autre système est à "
            "effacer auprès de lui."
        ),
        tables=(
            Table(
                "lrs.Statement",
                statements_of,
                told="statement_id timestamp stored payload is_voided",
                untold=REST,
                sentence=statement_sentence,
            ),
            Table("lrs.Relation", untold=REST),
            Table("lrs.Reference", untold=REST),
            Table("lrs.ReferredRelation", untold=REST),
            Table("lrs.Attachment", untold="sha2 content_type content"),
            Table("lrs.OutboxRow", untold=REST),
            Table(
                "lrs.Document",
                documents_of,
                told="kind document_id content_type content updated",
                untold="key activity_key agent_key registration etag",
            ),
        ),
        erase=_documents_erase,
    ),
    KeptData(
        key="replays",
        order=85,
        title=_("Les envois de traces que vous avez demandés"),
        what=_("La période demandée, la destination et la date."),
        why=_("Savoir qui a fait transmettre quoi."),
        who=_("Les personnes qui exploitent le site."),
        how_long=_("Tant que la destination existe."),
        stays=_("L’envoi, sous un compte vide."),
        tables=(
            Table(
                "lrs.Replay",
                of_account(Replay, "created_by"),
                told="since until created_at",
                untold=f"created_by forward {REST}",
            ),
        ),
    ),
)

impersonal_declare("lrs.Credential", "lrs.Forward", "lrs.ActivityDefinition", "lrs.VerbDisplay")
