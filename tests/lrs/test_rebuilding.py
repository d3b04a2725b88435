import pytest
from django.core.management import call_command

from lrs import projectors
from lrs.selectors import statements_for_projection
from lrs.services import PLATFORM, projections_rebuild, statements_store
from lrs.xapi.vocabulary import verbs
from tests.lrs.conftest import Ledger
from tests.lrs.factories import outside, statement, voiding

pytestmark = pytest.mark.django_db


def test_rebuild_derives_the_same_again(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    sent = [statement(actor={"openid": f"http://example.org/{n % 3}"}) for n in range(9)]
    statements_store(statements=sent, source=PLATFORM)
    statements_store(statements=[voiding(sent[0]["id"])], source=PLATFORM)
    statements_store(statements=[statement()], source=outside())
    live = dict(ledger.first)
    ledger.first = {("somebody", "something"): "stale"}
    call_command("rebuild_projections")
    assert ledger.first == live
    assert "9 statements projected" in capsys.readouterr().out


def test_rebuild_shows_progress_and_reads_projected_verbs_only(ledger: Ledger) -> None:
    statements_store(
        statements=[statement(), statement(verb={"id": verbs.ANSWERED})], source=PLATFORM
    )
    seen: list[int] = []
    assert projections_rebuild(progress=seen.append) == 1
    assert seen == [1]


def test_history_comes_in_order_and_batches(registry: None) -> None:
    sent = [statement() for _one in range(5)]
    statements_store(statements=sent, source=PLATFORM)
    batches = list(statements_for_projection(verbs={verbs.COMPLETED}, batch_size=2))
    assert [len(batch) for batch in batches] == [2, 2, 1]
    flat = [str(item.statement_id) for batch in batches for item in batch]
    assert flat == [one["id"] for one in sent]
    rest = statements_for_projection(verbs={verbs.COMPLETED}, after=batches[0][-1].sequence)
    assert [str(item.statement_id) for item in next(rest)] == flat[2:]


def test_lower_rooms_come_first_and_are_cleared_last(registry: None) -> None:
    """Apps are made ready from the top room down."""
    calls: list[str] = []
    for name in ("upper", "lower"):
        projectors.projector_register(
            verbs=frozenset({verbs.COMPLETED}),
            projector=lambda items, name=name: calls.append(f"project {name}"),
            clear=lambda name=name: calls.append(f"clear {name}"),
        )
    statements_store(statements=[statement()], source=PLATFORM)
    projections_rebuild()
    projecting = ["project lower", "project upper"]
    assert calls == [*projecting, "clear upper", "clear lower", *projecting]
    assert projectors.projected_verbs() == {verbs.COMPLETED}
