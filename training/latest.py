"""The latest completions of many people at once.

Ten thousand people have sixty thousand completions, and as rows of their own these cost more to
carry than to find. So the database writes those of a person into one text, from the index alone,
each as a number (a training, a day and whether it was observed), and what was read once is not read
again: there are few days, and fewer trainings.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    F,
    Func,
    IntegerField,
    OuterRef,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import TruncDate
from django.utils import timezone

from training.enums import Provenance
from training.models import Completion
from training.validity import Latest

DAYS = 4_000_000  # more than `dt.date` has
OBSERVED = 2  # so many numbers a day: declared, observed


class _Ordinal(Func):
    """A day as `date.toordinal` numbers it."""

    template = "(%(expressions)s - DATE '0001-01-01' + 1)"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        context["template"] = "CAST(julianday(%(expressions)s) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, **context)


class _Joined(Aggregate):
    """Numbers as «1,2,3»."""

    template = "STRING_AGG((%(expressions)s)::text, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)")


def completions_written(*, until: dt.date, person: str = "person_id") -> Subquery:
    """To annotate rows with: the completions of the `person` of a row up to the end of the day
    `until` in the platform's time zone, to be read by `CompletionReader`."""
    zone = timezone.get_default_timezone()
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time.min, tzinfo=zone)
    day = _Ordinal(TruncDate("completed_at", tzinfo=zone))
    observed = Case(When(provenance=Provenance.OBSERVED, then=1), default=0)
    number = (F("trainable_id") * Value(DAYS, BigIntegerField()) + day) * OBSERVED + observed
    return Subquery(
        Completion.objects.filter(person=OuterRef(person), completed_at__lt=end)
        .order_by()
        .values("person")
        .annotate(written=_Joined(number))
        .values("written")
    )


class CompletionReader:
    """Reads what the database wrote; one for many people."""

    def __init__(self) -> None:
        self._read = _Completions().__getitem__

    def latest(self, written: str | None) -> dict[int, Latest]:
        """Training -> the latest of one person."""
        if not written:
            return {}
        every = list(map(self._read, written.split(",")))
        found = dict(every)
        if len(found) < len(every):
            for trainable, one in every:
                known = found[trainable]
                if known is not one:
                    found[trainable] = known.later(one)
        return found


class _Completions(dict[str, tuple[int, Latest]]):
    """A number as text -> the training, and the completion."""

    def __init__(self) -> None:
        super().__init__()
        self._of_any = _Latests()

    def __missing__(self, written: str) -> tuple[int, Latest]:
        trainable, rest = divmod(int(written), DAYS * OBSERVED)
        one = self[written] = trainable, self._of_any[rest]
        return one


class _Latests(dict[int, Latest]):
    """A day and whether it was observed -> a completion, of whatever training."""

    def __missing__(self, number: int) -> Latest:
        ordinal, observed = divmod(number, OBSERVED)
        day = dt.date.fromordinal(ordinal)
        latest = self[number] = Latest(day, day if observed else None)
        return latest
