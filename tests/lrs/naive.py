"""What GET statements has to find, said as the standard says it, without any index.

Part Three 2.1.3 (table and s3) and 2.1.4. Statements are plain JSON in a list; nothing here is
shared with the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


@dataclass(frozen=True)
class Kept:
    """A stored statement, its place in the order of storage, and who sent it."""

    document: Json
    place: int
    writer: int

    @property
    def statement_id(self) -> str:
        statement_id: str = self.document["id"]
        return statement_id

    @property
    def target(self) -> str | None:
        """The statement that is the object, if one is."""
        obj = self.document["object"]
        return obj["id"] if obj.get("objectType") == "StatementRef" else None

    @property
    def voids(self) -> bool:
        return bool(self.document["verb"]["id"] == VOIDED)


class Record:
    """All that was stored."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def add(self, document: Json, writer: int) -> None:
        one = Kept(document, len(self.kept), writer)
        self.kept[one.statement_id] = one

    def is_voided(self, one: Kept) -> bool:
        """Part Two 2.3.2: by whoever sent it, before or after; what voids cannot be voided."""
        return not one.voids and any(
            other.voids and other.target == one.statement_id and other.writer == one.writer
            for other in self.kept.values()
        )

    def voids_of_others(self, documents: list[Json], writer: int) -> bool:
        """Whether the batch would void what another sent, which this store forbids."""
        targets = [one["object"].get("id") for one in documents if one["verb"]["id"] == VOIDED]
        known = [self.kept[target] for target in targets if target in self.kept]
        return any(
            one.writer != writer and not one.voids and not self.is_voided(one) for one in known
        )

    def find(self, wanted: Json, *, reader: int | None = None) -> list[str]:
        """The ids that match, in the order of the answer. `since` and `until` are places."""
        found = [
            one
            for one in self.kept.values()
            if not self.is_voided(one)
            and (reader is None or one.writer == reader)
            and one.place > wanted.get("since", -1)
            and one.place <= wanted.get("until", len(self.kept))
            and any(_meets(each.document, wanted) for each in self._reached(one))
        ]
        ids = [one.statement_id for one in sorted(found, key=lambda one: one.place)]
        return ids if wanted.get("ascending") else ids[::-1]

    def _reached(self, one: Kept) -> list[Kept]:
        """The statement and all that it targets, through others too (2.1.3.s3)."""
        reached = [one]
        while True:
            following = self.kept.get(reached[-1].target or "")
            if following is None or following in reached:
                return reached
            reached.append(following)


def _meets(statement: Json, wanted: Json) -> bool:
    """All that is not about time, met by this one statement itself."""
    agents = list(_agents(statement, broadly=wanted.get("related_agents", False)))
    activities = list(_activities(statement, broadly=wanted.get("related_activities", False)))
    return (
        ("verb" not in wanted or statement["verb"]["id"] == wanted["verb"])
        and ("activity" not in wanted or wanted["activity"] in activities)
        and ("agent" not in wanted or _identifier(wanted["agent"]) in agents)
        and (
            "registration" not in wanted
            or statement.get("context", {}).get("registration") == wanted["registration"]
        )
    )


def _identifier(agent: Json) -> Json:
    names = ("mbox", "mbox_sha1sum", "openid", "account")
    return {name: agent[name] for name in names if name in agent}


def _agents(statement: Json, *, broadly: bool) -> Iterator[Json]:
    """Identifiers of actor and object and their members; broadly, of all the places of row 8."""
    context, obj = statement.get("context", {}), statement["object"]
    found = [statement["actor"]]
    if obj.get("objectType") in ("Agent", "Group"):
        found.append(obj)
    if broadly:
        found += [statement["authority"]] if "authority" in statement else []
        found += [context[name] for name in ("instructor", "team") if name in context]
        found += [item["agent"] for item in context.get("contextAgents", ())]
        found += [item["group"] for item in context.get("contextGroups", ())]
        if obj.get("objectType") == "SubStatement":
            yield from _agents(obj, broadly=True)
    for one in found:
        yield _identifier(one)
        for member in one.get("member", ()):
            yield _identifier(member)


def _activities(statement: Json, *, broadly: bool) -> Iterator[str]:
    """The object; broadly, all the places of row 7."""
    obj = statement["object"]
    if obj.get("objectType", "Activity") == "Activity":
        yield obj["id"]
    if broadly:
        for listed in statement.get("context", {}).get("contextActivities", {}).values():
            for activity in [listed] if isinstance(listed, dict) else listed:
                yield activity["id"]
        if obj.get("objectType") == "SubStatement":
            yield from _activities(obj, broadly=True)
