"""French for the published vocabularies: verbs with their preposition, kinds of activity.

`lrs.xapi.vocabulary` has what goes into statements; this is what people read of them.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lrs.xapi.vocabulary import activity_types, cmi5, verbs, video

# Verb → what the actor did, and the preposition that leads to the object.
VERBS: dict[str, tuple[Promise, str]] = {
    verbs.ANSWERED: (_("a répondu"), "à"),
    verbs.ASKED: (_("a posé"), ""),
    verbs.ATTEMPTED: (_("a tenté"), ""),
    verbs.ATTENDED: (_("a participé"), "à"),
    verbs.COMMENTED: (_("a commenté"), ""),
    verbs.COMPLETED: (_("a terminé"), ""),
    verbs.EXITED: (_("a quitté"), ""),
    verbs.EXPERIENCED: (_("a consulté"), ""),
    verbs.FAILED: (_("a échoué"), "à"),
    verbs.IMPORTED: (_("a importé"), ""),
    verbs.INITIALIZED: (_("a commencé"), ""),
    verbs.INTERACTED: (_("a interagi"), "avec"),
    verbs.LAUNCHED: (_("a lancé"), ""),
    verbs.MASTERED: (_("maîtrise"), ""),
    verbs.PASSED: (_("a réussi"), ""),
    verbs.PREFERRED: (_("a préféré"), ""),
    verbs.PROGRESSED: (_("a progressé"), "dans"),
    verbs.REGISTERED: (_("s’est inscrit"), "à"),
    verbs.RESPONDED: (_("a réagi"), "à"),
    verbs.RESUMED: (_("a repris"), ""),
    verbs.SCORED: (_("a obtenu un score"), "à"),
    verbs.SHARED: (_("a partagé"), ""),
    verbs.SUSPENDED: (_("a interrompu"), ""),
    verbs.TERMINATED: (_("a fini sa session"), "de"),
    verbs.VOIDED: (_("a annulé"), ""),
    cmi5.ABANDONED: (_("a abandonné"), ""),
    cmi5.SATISFIED: (_("a satisfait aux exigences"), "de"),
    cmi5.WAIVED: (_("a été dispensé"), "de"),
    video.PAUSED: (_("a mis en pause"), ""),
    video.PLAYED: (_("a lu"), ""),
    video.SEEKED: (_("s’est déplacé"), "dans"),
}

# Activity type → article and noun.
NOUNS: dict[str, tuple[str, Promise]] = {
    activity_types.ASSESSMENT: ("l’", _("évaluation")),
    activity_types.ATTEMPT: ("la", _("tentative")),
    activity_types.COURSE: ("le", _("cours")),
    activity_types.FILE: ("le", _("fichier")),
    activity_types.INTERACTION: ("la", _("question")),
    activity_types.LESSON: ("la", _("leçon")),
    activity_types.LINK: ("le", _("lien")),
    activity_types.MEDIA: ("le", _("média")),
    activity_types.MEETING: ("la", _("rencontre")),
    activity_types.MODULE: ("le", _("module")),
    activity_types.OBJECTIVE: ("l’", _("objectif")),
    activity_types.PERFORMANCE: ("la", _("performance")),
    activity_types.PROFILE: ("le", _("profil")),
    activity_types.QUESTION: ("la", _("question")),
    activity_types.SIMULATION: ("la", _("simulation")),
    cmi5.ACTIVITY_TYPE_BLOCK: ("le", _("bloc")),
    cmi5.ACTIVITY_TYPE_COURSE: ("le", _("cours")),
    video.ACTIVITY_TYPE: ("la", _("vidéo")),
}

_CONTRACTIONS = {("à", "le"): "au", ("de", "le"): "du"}


def joined(preposition: str, article: str, noun: str) -> str:
    """The three in good French: «au module», «à l’évaluation», «du cours», «la leçon»."""
    if (preposition, article) in _CONTRACTIONS:
        return f"{_CONTRACTIONS[preposition, article]} {noun}"
    named = f"{article}{noun}" if article.endswith("’") else f"{article} {noun}".strip()
    return f"{preposition} {named}".strip()


def verb_choices() -> list[tuple[str, str]]:
    """Every known verb with its label, in the order of the alphabet."""
    choices = [(iri, f"{label} {word}".strip()) for iri, (label, word) in VERBS.items()]
    return sorted(choices, key=lambda choice: choice[1])
