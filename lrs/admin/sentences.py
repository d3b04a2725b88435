"""A stored statement as a French sentence.

Whatever stands in a payload was written by somebody else: names are shortened, and freed of the
characters that would turn a line around or hide a part of it. Templates escape the result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils import formats
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lrs.admin.wording import NOUNS, VERBS, joined
from lrs.identifiers import ANONYMOUS_NAME, home_page
from lrs.xapi.vocabulary import cmi5, verbs, video

Json = Mapping[str, Any]
Names = Mapping[str, str]

NAME_LENGTH = 100
_BLANK = re.compile(r"\s+")
# Controls, and what changes the direction of text.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_HUGE = 10**12
_ANSWERING = frozenset({verbs.ANSWERED, verbs.RESPONDED})
_JUDGING = frozenset({verbs.PASSED, verbs.FAILED, verbs.MASTERED})


def sentence_of(statement: Json, *, names: Names | None = None) -> str:
    """Who did what, and with what result; `names` are labels of account names of this platform.

    «L’agent 1a2b3c4d a réussi le module « Mots de passe » avec 86 %».
    """
    parts = [
        actor_text(statement["actor"], names or {}),
        _deed(statement, names or {}),
        _result(statement),
    ]
    text = " ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def own_accounts(statement: Json) -> set[str]:
    """The account names of this platform that a sentence about `statement` speaks of."""
    obj = statement["object"]
    names = {
        agent["account"]["name"]
        for agent in (statement["actor"], obj)
        if agent.get("account", {}).get("homePage") == home_page()
    }
    return names | own_accounts(obj) if obj.get("objectType") == "SubStatement" else names


def actor_text(actor: Json, names: Names) -> str:
    """The actor by what identifies it: an uid, never a person's name."""
    if actor.get("objectType") == "Group" or "member" in actor:
        return _group(actor)
    if "account" in actor:
        return _account(actor["account"], names)
    if "mbox" in actor:
        return _("l’adresse %(name)s") % {"name": clean(actor["mbox"].removeprefix("mailto:"))}
    if "openid" in actor:
        return _("l’identité %(name)s") % {"name": clean(actor["openid"])}
    return _("une adresse cachée (%(start)s…)") % {"start": actor.get("mbox_sha1sum", "")[:8]}


def verb_text(verb: Json) -> str:
    """What was done, without the preposition."""
    known = VERBS.get(verb["id"])
    if known:
        return str(known[0])
    return clean(in_french(verb.get("display")) or verb["id"])


def activity_name(activity: Json) -> str:
    """Its name in French, else in another language, else what is asked, else its IRI."""
    definition = activity.get("definition", {})
    name = in_french(definition.get("name")) or in_french(definition.get("description"))
    return clean(name or activity["id"])


def in_french(texts: Mapping[str, str] | None) -> str:
    """The French text of a language map, else its first."""
    if not texts:
        return ""
    for language, text in texts.items():
        if language.lower().partition("-")[0] == "fr":
            return text
    return next(iter(texts.values()))


def clean(text: str) -> str:
    """One line of visible characters, at most `NAME_LENGTH` long."""
    visible = UNSEEN.sub("", _BLANK.sub(" ", text[: 4 * NAME_LENGTH])).strip()
    return Truncator(visible).chars(NAME_LENGTH) if visible else "…"


def short_id(identifier: str) -> str:
    """The beginning of a UUID, enough to tell rows of a page apart."""
    return identifier[:8]


def _deed(statement: Json, names: Names) -> str:
    verb = statement["verb"]
    preposition = VERBS[verb["id"]][1] if verb["id"] in VERBS else ":"
    return f"{verb_text(verb)} {_object(statement['object'], preposition, names)}"


def _object(obj: Json, preposition: str, names: Names) -> str:
    match obj.get("objectType", "Activity"):
        case "StatementRef":
            return joined(preposition, "la", _("trace %(id)s") % {"id": short_id(obj["id"])})
        case "SubStatement":
            inner = sentence_of(obj, names=names)
            return joined(preposition, "", _("«\u00a0%(text)s\u00a0»") % {"text": inner})
        case "Agent" | "Group":
            return joined(preposition, "", actor_text(obj, names))
    return _activity(obj, preposition)


def _activity(activity: Json, preposition: str) -> str:
    name = _("«\u00a0%(text)s\u00a0»") % {"text": activity_name(activity)}
    kind = NOUNS.get(activity.get("definition", {}).get("type", ""))
    if kind is None:
        return joined(preposition, "", name)
    article, noun = kind
    return f"{joined(preposition, article, str(noun))} {name}"


def _account(account: Json, names: Names) -> str:
    name = account["name"]
    if account["homePage"] != home_page():
        host = urlsplit(account["homePage"]).netloc or account["homePage"]
        return _("le compte %(name)s (%(host)s)") % {"name": clean(name), "host": clean(host)}
    if name == ANONYMOUS_NAME:
        return _("une personne anonyme")
    if name in names:
        return clean(names[name])
    return _("l’agent %(id)s") % {"id": clean(short_id(name))}


def _group(group: Json) -> str:
    count = len(group.get("member", ()))
    if not count:
        return _("un groupe")
    return ngettext("un groupe de %(count)d", "un groupe de %(count)d", count) % {"count": count}


def _result(statement: Json) -> str:
    result = statement.get("result", {})
    parts = [
        _score(result.get("score", {})),
        _progress(result.get("extensions", {})),
        _success(statement["verb"]["id"], result.get("success")),
    ]
    return " ".join(part for part in parts if part)


def _score(score: Json) -> str:
    if "scaled" in score:
        return _("avec %(score)s") % {"score": percent(score["scaled"])}
    if "raw" not in score:
        return ""
    raw = number(score["raw"])
    if "max" in score:
        return _("avec %(raw)s sur %(max)s") % {"raw": raw, "max": number(score["max"])}
    return _("avec un score de %(raw)s") % {"raw": raw}


def _progress(extensions: Json) -> str:
    """cmi5 counts to 100, the video profile to 1. An extension may hold anything."""
    for extension, whole in ((cmi5.RESULT_PROGRESS, 100), (video.RESULT_PROGRESS, 1)):
        share = extensions.get(extension)
        if isinstance(share, bool) or not isinstance(share, int | float):
            continue
        if abs(share) < _HUGE:
            return _("jusqu’à %(share)s") % {"share": percent(share / whole)}
    return ""


def _success(verb: str, success: bool | None) -> str:
    if success is None or verb in _JUDGING:
        return ""
    if verb in _ANSWERING:
        return _("(bonne réponse)") if success else _("(mauvaise réponse)")
    return "" if success else _("(sans réussite)")


def percent(share: float) -> str:
    """A share of 1 in per cent, as French writes it."""
    return _("%(number)s\u00a0%%") % {"number": number(share * 100, decimals=1)}


def number(value: float, decimals: int = 2) -> str:
    """A number in French form, without idle decimals; a huge one as it stands."""
    if not abs(value) < _HUGE:
        return clean(str(value))
    rounded = round(value, decimals)
    if rounded == int(rounded):
        rounded = int(rounded)
    return formats.localize(rounded, use_l10n=True)
