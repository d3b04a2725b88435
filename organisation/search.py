"""Finding by words, whatever their accents and letters, on every database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from documents.folding import fold
from organisation.models import Site

Q_ = TypeVar("Q_", bound=QuerySet[Any])


def words_filter(
    queryset: Q_, search: str, *, lookups: Sequence[str] = (), establishments: Sequence[str] = ()
) -> Q_:
    """Those in which every word of `search` is found somewhere.

    :param lookups: fields that may contain the word.
    :param establishments: where a row's establishments are, as «establishment__»; «» for a
        queryset of establishments.
    """
    for word in search.split():
        condition = Q()
        for lookup in lookups:
            condition |= Q(**{f"{lookup}__icontains": word})
        for path in establishments:
            condition |= _establishment_with(word, path)
        queryset = queryset.filter(condition)
    return queryset


def establishment_named(search: str) -> Q:
    """Those whose name says all of `search`, in this order."""
    words = fold(search)
    return Q(folded_name__contains=words) if words else Q(pk__in=())


def _establishment_with(word: str, path: str) -> Q:
    """In its name, its numbers, or the city of a site. The register writes cities without accents,
    a number with capitals."""
    folded, number = fold(word), word.upper()
    in_city = Q(city__icontains=word)
    named = Q()
    if folded:
        in_city |= Q(city__icontains=folded)
        named = Q(**{f"{path}folded_name__contains": folded})
    there = Site.objects.filter(in_city | Q(finess_et__startswith=number))
    return (
        named
        | Q(**{f"{path}finess_ej__startswith": number})
        | Q(**{f"{path}pk__in": there.values("establishment")})
    )
