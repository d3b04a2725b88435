"""The verbs of ADL's vocabulary that learning needs, the one that the standard reserves, and one
of the Tin Can registry for what ADL has no word for."""

from __future__ import annotations

from typing import Any

from lrs.xapi.vocabulary import video

_ADL = "http://adlnet.gov/expapi/verbs/"

ANSWERED = _ADL + "answered"
ASKED = _ADL + "asked"
ATTEMPTED = _ADL + "attempted"
ATTENDED = _ADL + "attended"
COMMENTED = _ADL + "commented"
COMPLETED = _ADL + "completed"
EXITED = _ADL + "exited"
EXPERIENCED = _ADL + "experienced"
FAILED = _ADL + "failed"
IMPORTED = _ADL + "imported"
INITIALIZED = _ADL + "initialized"
INTERACTED = _ADL + "interacted"
LAUNCHED = _ADL + "launched"
MASTERED = _ADL + "mastered"
PASSED = _ADL + "passed"
PREFERRED = _ADL + "preferred"
PROGRESSED = _ADL + "progressed"
REGISTERED = _ADL + "registered"
RESPONDED = _ADL + "responded"
RESUMED = _ADL + "resumed"
SCORED = _ADL + "scored"
SHARED = _ADL + "shared"
SUSPENDED = _ADL + "suspended"
TERMINATED = _ADL + "terminated"
VOIDED = _ADL + "voided"
"""Part Two 2.3.2: the only verb that the standard itself reserves."""

DOWNLOADED = "http://id.tincanapi.com/verb/downloaded"

DISPLAY: dict[str, dict[str, str]] = {
    ANSWERED: {"en": "answered", "fr": "a répondu à"},
    ATTEMPTED: {"en": "attempted", "fr": "a tenté"},
    ATTENDED: {"en": "attended", "fr": "a participé à"},
    COMMENTED: {"en": "commented", "fr": "a commenté"},
    COMPLETED: {"en": "completed", "fr": "a terminé"},
    DOWNLOADED: {"en": "downloaded", "fr": "a téléchargé"},
    EXITED: {"en": "exited", "fr": "a quitté"},
    EXPERIENCED: {"en": "experienced", "fr": "a consulté"},
    FAILED: {"en": "failed", "fr": "a échoué à"},
    IMPORTED: {"en": "imported", "fr": "a importé"},
    INITIALIZED: {"en": "initialized", "fr": "a commencé"},
    INTERACTED: {"en": "interacted", "fr": "a interagi avec"},
    LAUNCHED: {"en": "launched", "fr": "a lancé"},
    MASTERED: {"en": "mastered", "fr": "maîtrise"},
    PASSED: {"en": "passed", "fr": "a réussi"},
    PROGRESSED: {"en": "progressed", "fr": "a progressé dans"},
    REGISTERED: {"en": "registered", "fr": "s’est inscrit à"},
    RESUMED: {"en": "resumed", "fr": "a repris"},
    SCORED: {"en": "scored", "fr": "a obtenu un score à"},
    SHARED: {"en": "shared", "fr": "a partagé"},
    SUSPENDED: {"en": "suspended", "fr": "a interrompu"},
    TERMINATED: {"en": "terminated", "fr": "a fini la session de"},
    VOIDED: {"en": "voided", "fr": "a annulé"},
}


def verb(iri: str) -> dict[str, Any]:
    """The Verb object of a statement: the IRI with its display where it is known."""
    display = DISPLAY.get(iri) or video.DISPLAY.get(iri)
    return {"id": iri, "display": dict(display)} if display else {"id": iri}
