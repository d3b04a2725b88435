"""Hypothesis strategies: valid statements of every shape.

`statements` are valid in xAPI 2.0, `statements_v1` in 1.0.3; `sent_statements` also carry what only
a store may set (`stored`, `authority`, `version`), which senders may send and stores overwrite.
What is wrong in exactly one place is made from them by `tests.lrs.xapi.faults`.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

uuids = st.uuids().map(str) | st.uuids().map(lambda made: str(made).upper())
iris = st.sampled_from(
    [
        "http://example.org/a",
        "https://example.org/é/b?c=d#e",
        "urn:uuid:x",
        "tag:example.org,2026:a",
        "http://example.com/فعل/خواندن",
    ]
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
tags = st.sampled_from(["fr", "en-US", "zh-Hans-CN", "x-maison", "i-klingon", "es-419", "und"])
language_maps = st.dictionaries(tags, texts, max_size=2)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1, 1) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
extensions = st.dictionaries(iris, json_values, max_size=2)
numbers = st.floats(-1, 1) | st.integers(-1, 1)
timestamps = st.sampled_from(
    ["2026-03-01T08:00:00Z", "2026-03-01T09:00:00.123456+01:00", "2024-02-29T23:59:60Z"]
)
timestamps_v1 = timestamps | st.sampled_from(
    ["2026-03-01T08:00", "20260301T080000Z", "2026-03-01T08:00:00,5", "2026-03-01T08:00:00+0100"]
)
durations = st.sampled_from(["PT5M", "P1Y2M3DT4H5M6.78S", "P4W", "PT0S", "P0.5Y"])


def _merged(*parts: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.tuples(*parts).map(lambda made: {key: d[key] for d in made for key in d})


def _optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({}, optional=fields)


def _required(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(fields)


# Part Two 2.4.2: agents and groups
_mail = st.sampled_from(["mailto:a@example.org", "mailto:é@Example.org", "mailto:a.b+c@localhost"])
accounts = _required(homePage=iris, name=texts)
identifiers = st.one_of(
    _required(mbox=_mail),
    _required(mbox_sha1sum=st.just("ebd31e95054c018b10727ccffd2ef2ec3a016ee9")),
    _required(openid=iris),
    _required(account=accounts),
)
agents = _merged(identifiers, _optional(objectType=st.just("Agent"), name=texts))
typed_agents = agents.map(lambda agent: {**agent, "objectType": "Agent"})
_members = st.lists(agents, max_size=2)
_group = st.just("Group")
anonymous_groups = _merged(_required(objectType=_group, member=_members), _optional(name=texts))
identified_groups = _merged(
    identifiers, _required(objectType=_group), _optional(member=_members, name=texts)
)
groups = anonymous_groups | identified_groups
actors = agents | groups
authorities = agents | _required(objectType=_group, member=st.lists(agents, min_size=2, max_size=2))

# Part Two 2.4.3 and 2.4.4: verbs and objects
verbs = _merged(_required(id=iris), _optional(display=language_maps))
components = st.lists(
    _merged(_required(id=texts), _optional(description=language_maps)),
    max_size=2,
    unique_by=lambda component: component["id"],
)


def _interaction(kinds: list[str], *lists: str) -> st.SearchStrategy[Json]:
    return _merged(
        _required(interactionType=st.sampled_from(kinds)),
        _optional(
            correctResponsesPattern=st.lists(texts, max_size=2),
            **dict.fromkeys(lists, components),
        ),
    )


interactions = st.one_of(
    _interaction(["true-false", "fill-in", "long-fill-in", "numeric", "other"]),
    _interaction(["choice", "sequencing"], "choices"),
    _interaction(["likert"], "scale"),
    _interaction(["matching"], "source", "target"),
    _interaction(["performance"], "steps"),
)
definitions = _merged(
    _optional(
        name=language_maps,
        description=language_maps,
        type=iris,
        moreInfo=iris,
        extensions=extensions,
    ),
    st.just({}) | interactions,
)
activities = _merged(
    _required(id=iris), _optional(objectType=st.just("Activity"), definition=definitions)
)
references = _required(objectType=st.just("StatementRef"), id=uuids)

# Part Two 2.4.5, 2.4.6 and 2.4.11
results = _optional(
    score=_optional(scaled=numbers, raw=numbers, min=st.just(-2), max=st.just(2.5)),
    success=st.booleans(),
    completion=st.booleans(),
    response=texts,
    duration=durations,
    extensions=extensions,
)
_some_activities = activities | st.lists(activities, max_size=2)
_context_fields: dict[str, st.SearchStrategy[Any]] = {
    "registration": uuids,
    "instructor": actors,
    "team": groups,
    "contextActivities": _optional(
        parent=_some_activities,
        grouping=_some_activities,
        category=_some_activities,
        other=_some_activities,
    ),
    "revision": texts,
    "platform": texts,
    "language": tags,
    "statement": references,
    "extensions": extensions,
}
_relevant = _optional(relevantTypes=st.lists(iris, min_size=1, max_size=2))
context_agents = _merged(_required(objectType=st.just("contextAgent"), agent=agents), _relevant)
context_groups = _merged(_required(objectType=st.just("contextGroup"), group=groups), _relevant)
contexts_v1 = _optional(**_context_fields)
contexts = _optional(
    **_context_fields,
    contextAgents=st.lists(context_agents, max_size=2),
    contextGroups=st.lists(context_groups, max_size=2),
)
attachments = st.lists(
    _merged(
        _required(
            usageType=iris,
            display=language_maps,
            contentType=st.sampled_from(["text/plain; charset=utf-8", "image/svg+xml"]),
            length=st.integers(0, 99),
            sha2=st.sampled_from(["0" * 56, "aF" * 32, "1" * 96, "2" * 128]),
            fileUrl=iris,
        ),
        _optional(description=language_maps),
    ),
    max_size=2,
)


def _without_revision(statement: Json) -> Json:
    """Part Two 2.4.6.s4: revision and platform belong to activities alone."""
    if (
        "context" not in statement
        or statement["object"].get("objectType", "Activity") == "Activity"
    ):
        return statement
    context = {
        key: value
        for key, value in statement["context"].items()
        if key not in ("revision", "platform")
    }
    return {**statement, "context": context}


def _with_object(objects: Any, parts: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    required = _required(actor=actors, verb=verbs, object=objects)
    return _merged(required, parts).map(_without_revision)


def _statements(contexts: Any, times: Any) -> st.SearchStrategy[Json]:
    parts = _optional(result=results, context=contexts, timestamp=times, attachments=attachments)
    plain = activities | typed_agents | groups | references
    inner = _with_object(plain, parts).map(lambda made: {**made, "objectType": "SubStatement"})
    return _merged(_with_object(plain | inner, parts), _optional(id=uuids))


statements = _statements(contexts, timestamps)
statements_v1 = _statements(contexts_v1, timestamps_v1)
sent_statements = _merged(
    statements,
    _optional(
        stored=timestamps, authority=authorities, version=st.sampled_from(["1.0.0", "2.0.0"])
    ),
)
