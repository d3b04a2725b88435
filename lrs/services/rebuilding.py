"""Deriving projections again from the whole history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from lrs import projectors
from lrs.projectors import Registration
from lrs.selectors import statements_for_projection
from lrs.services.locking import writers_wait


def projections_rebuild(*, progress: Callable[[int], None] | None = None) -> int:
    """Clear every projection and derive it from the statements; answers how many were read.

    One transaction, in order of the sequence, without what is voided. Writers wait until it is
    done, or a statement that is stored meanwhile could be missed. `progress` is called after each
    batch with the number of statements read so far.
    """
    with transaction.atomic():
        writers_wait()
        return projections_derive(projectors.projectors(), progress=progress)


def projections_derive(
    registrations: Sequence[Registration], *, progress: Callable[[int], None] | None = None
) -> int:
    """Clear the projections of some projectors and derive them again."""
    projectors.projectors_clear(registrations)
    verbs = frozenset[str]().union(*(registration.verbs for registration in registrations))
    done = 0
    for batch in statements_for_projection(verbs=verbs):
        projectors.projectors_run(batch, only=registrations)
        done += len(batch)
        if progress is not None:
            progress(done)
    return done
