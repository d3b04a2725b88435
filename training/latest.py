"""The latest completions of many people at once.

Ten thousand people have sixty thousand completions, and as rows of their own these cost more to
carry than to find. So the database writes those of a person into one text, from the index alone,
and what was read once is not read again: there are few days, and fewer trainings.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Aggregate, OuterRef, Subquery, TextField
from django.db.models.functions import TruncDate
from django.utils import timezone

from training.enums import Provenance
from training.models import Completion
from training.validity import Latest

_OBSERVED = Provenance.OBSERVED.value


class _Written(Aggregate):
    """«7,2026-03-15,observed,8,2026-04-01,team»: a training, a day, how one knows; each."""

    function = "STRING_AGG"
    arg_joiner = " || ',' || "
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def completions_written(*, until: dt.date, person: str = "person_id") -> Subquery:
    """To annotate rows with: the completions of the `person` of a row up to the end of the day
    `until` in the platform's time zone, to be read by `CompletionReader`."""
    zone = timezone.get_default_timezone()
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time.min, tzinfo=zone)
    day = TruncDate("completed_at", tzinfo=zone)
    return Subquery(
        Completion.objects.filter(person=OuterRef(person), completed_at__lt=end)
        .order_by()
        .values("person")
        .annotate(written=_Written("trainable_id", day, "provenance"))
        .values("written")
    )


class CompletionReader:
    """Reads what the database wrote; one for many people."""

    def __init__(self) -> None:
        self._observed, self._declared = _Days(is_observed=True), _Days(is_observed=False)

    def latest(self, written: str | None) -> dict[int, Latest]:
        """Training -> the latest of one person."""
        found: dict[int, Latest] = {}
        observed, declared = self._observed, self._declared
        words = written.split(",") if written else ()
        for number, day, how in zip(words[::3], words[1::3], words[2::3], strict=True):
            trainable = int(number)
            latest = observed[day] if how == _OBSERVED else declared[day]
            if trainable in found:
                latest = found[trainable].later(latest)
            found[trainable] = latest
        return found


class _Days(dict[str, Latest]):
    """«2026-03-15» -> a completion of that day."""

    def __init__(self, *, is_observed: bool) -> None:
        super().__init__()
        self._is_observed = is_observed

    def __missing__(self, written: str) -> Latest:
        day = dt.date.fromisoformat(written)
        latest = self[written] = Latest(day, day if self._is_observed else None)
        return latest
