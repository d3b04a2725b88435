"""What must hold of the record whoever wrote it, computed anew from the payloads alone."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from typing import Any

from lrs.keys import Kind, lookup_number, relation_numbers
from lrs.models import Attachment, Forward, OutboxRow, Reference, ReferredRelation, Relation
from lrs.models import Statement as Row
from lrs.services import projections_rebuild
from lrs.xapi.vocabulary import verbs
from training.models import Completion

Payloads = dict[uuid.UUID, dict[str, Any]]


def check_record() -> Payloads:
    """Everything beside the payloads is what the payloads say; answers these."""
    rows = {row.statement_id: row for row in Row.objects.all()}
    payloads = {one: json.loads(row.payload) for one, row in rows.items()}
    assert len(rows) == Row.objects.count()
    for one, row in rows.items():
        assert payloads[one]["id"] == str(one)
        assert row.verb_number == lookup_number(Kind.VERB, payloads[one]["verb"]["id"])
    by_time = list(Row.objects.order_by("stored", "id").values_list("id", flat=True))
    assert by_time == sorted(by_time)
    _check_relations(rows, payloads)
    _check_references(rows, payloads)
    _check_voidings(rows, payloads)
    _check_attachments(payloads)
    _check_outbox(rows)
    return payloads


def completions() -> set[tuple[Any, ...]]:
    fields = (
        "person_id",
        "trainable_id",
        "completed_at",
        "score_scaled",
        "provenance",
        "statement_id",
    )
    found = list(Completion.objects.values_list(*fields))
    assert len(found) == len(set(found))
    return set(found)


def check_projections() -> set[tuple[Any, ...]]:
    """The projections are those that a rebuild makes; answers them."""
    live = completions()
    projections_rebuild()
    assert completions() == live
    return live


def target_of(payload: dict[str, Any]) -> uuid.UUID | None:
    obj = payload["object"]
    return uuid.UUID(obj["id"]) if obj.get("objectType") == "StatementRef" else None


def _check_relations(rows: dict[uuid.UUID, Row], payloads: Payloads) -> None:
    expected = Counter(
        (number, row.pk) for one, row in rows.items() for number in relation_numbers(payloads[one])
    )
    assert Counter(Relation.objects.values_list("number", "statement_id")) == expected


def _reached(payloads: Payloads, start: uuid.UUID) -> set[uuid.UUID]:
    reached: set[uuid.UUID] = set()
    following = target_of(payloads[start])
    while following is not None and following not in reached:
        reached.add(following)
        following = target_of(payloads[following]) if following in payloads else None
    return reached


def _check_references(rows: dict[uuid.UUID, Row], payloads: Payloads) -> None:
    expected, related = set(), set()
    for one, row in rows.items():
        for target in _reached(payloads, one):
            expected.add((row.pk, target, target == target_of(payloads[one])))
            if target in payloads:
                related |= {(number, row.pk, target) for number in _numbers(payloads[target])}
    found = list(Reference.objects.values_list("source_id", "target", "is_direct"))
    assert Counter(found) == Counter(expected)
    fields = ("number", "source_id", "target")
    assert Counter(ReferredRelation.objects.values_list(*fields)) == Counter(related)


def _numbers(payload: dict[str, Any]) -> set[int]:
    numbers = {*relation_numbers(payload), lookup_number(Kind.VERB, payload["verb"]["id"])}
    registration = payload.get("context", {}).get("registration")
    return numbers | ({lookup_number(Kind.REGISTRATION, registration)} if registration else set())


def _check_voidings(rows: dict[uuid.UUID, Row], payloads: Payloads) -> None:
    """Every source of these tests may void what it voids."""
    voiding = [one for one in payloads.values() if one["verb"]["id"] == verbs.VOIDED]
    targets = {target_of(one) for one in voiding}
    expected = {
        one
        for one, payload in payloads.items()
        if one in targets and payload["verb"]["id"] != verbs.VOIDED
    }
    assert {one for one, row in rows.items() if row.is_voided} == expected


def _check_attachments(payloads: Payloads) -> None:
    named = {
        item["sha2"]
        for payload in payloads.values()
        for item in payload.get("attachments", [])
        if "fileUrl" not in item
    }
    assert set(Attachment.objects.values_list("sha2", flat=True)) == named


def _check_outbox(rows: dict[uuid.UUID, Row]) -> None:
    """Destinations of these tests want everything, and were there first."""
    expected = Counter((pk, row.pk) for pk in Forward.objects.values_list("pk", flat=True)
                       for row in rows.values())  # fmt: skip
    assert Counter(OutboxRow.objects.values_list("forward_id", "statement_id")) == expected
