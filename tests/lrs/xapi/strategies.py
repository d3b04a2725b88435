"""Hypothesis strategies: valid statements of every shape."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

uuids = st.uuids().map(str)
iris = st.sampled_from(["http://example.org/a", "https://example.org/é/b?c=d#e", "urn:uuid:x"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
tags = st.sampled_from(["fr", "en-US", "zh-Hans-CN", "x-maison"])
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

_mail = st.sampled_from(["mailto:a@example.org", "mailto:é@Example.org"])
identifiers = st.one_of(
    st.fixed_dictionaries({"mbox": _mail}),
    st.fixed_dictionaries({"mbox_sha1sum": st.just("ebd31e95054c018b10727ccffd2ef2ec3a016ee9")}),
    st.fixed_dictionaries({"openid": iris}),
    st.fixed_dictionaries({"account": st.fixed_dictionaries({"homePage": iris, "name": texts})}),
)


def _merged(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(*parts).map(lambda made: {key: d[key] for d in made for key in d})


def _optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


agents = _merged(identifiers, _optional(objectType=st.just("Agent"), name=texts))
typed_agents = agents.map(lambda agent: {**agent, "objectType": "Agent"})
_members = st.lists(agents, max_size=2)
groups = st.one_of(
    _merged(
        st.fixed_dictionaries({"objectType": st.just("Group"), "member": _members}),
        _optional(name=texts),
    ),
    _merged(
        identifiers,
        st.fixed_dictionaries({"objectType": st.just("Group")}),
        _optional(member=_members),
    ),
)
actors = agents | groups
verbs = _merged(st.fixed_dictionaries({"id": iris}), _optional(display=language_maps))
_choice = st.fixed_dictionaries(
    {
        "interactionType": st.just("choice"),
        "choices": st.just([{"id": "a", "description": {"fr": "A"}}, {"id": "b"}]),
        "correctResponsesPattern": st.just(["a"]),
    }
)
definitions = _merged(
    _optional(
        name=language_maps,
        description=language_maps,
        type=iris,
        moreInfo=iris,
        extensions=extensions,
    ),
    st.just({}) | _choice,
)
activities = _merged(
    st.fixed_dictionaries({"id": iris}),
    _optional(objectType=st.just("Activity"), definition=definitions),
)
references = st.fixed_dictionaries({"objectType": st.just("StatementRef"), "id": uuids})
results = _optional(
    score=_optional(scaled=numbers, raw=numbers, min=st.just(-2), max=st.just(2.5)),
    success=st.booleans(),
    completion=st.booleans(),
    response=texts,
    duration=st.sampled_from(["PT5M", "P1Y2M3DT4H5M6.78S", "P4W"]),
    extensions=extensions,
)
contexts = _optional(
    registration=uuids,
    instructor=actors,
    team=groups,
    contextActivities=_optional(
        parent=activities, grouping=st.lists(activities, max_size=2), other=st.lists(activities)
    ),
    language=tags,
    statement=references,
    extensions=extensions,
    contextAgents=st.lists(
        st.fixed_dictionaries(
            {
                "objectType": st.just("contextAgent"),
                "agent": agents,
                "relevantTypes": st.lists(iris, min_size=1, max_size=2),
            }
        ),
        max_size=2,
    ),
)
attachments = st.lists(
    st.fixed_dictionaries(
        {
            "usageType": iris,
            "display": language_maps,
            "contentType": st.just("text/plain; charset=utf-8"),
            "length": st.integers(0, 99),
            "sha2": st.just("0" * 64),
            "fileUrl": iris,
        }
    ),
    max_size=1,
)
_parts = _optional(result=results, context=contexts, timestamp=timestamps, attachments=attachments)


def _with_object(objects: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _merged(
        st.fixed_dictionaries({"actor": actors, "verb": verbs, "object": objects}), _parts
    )


_plain_objects = activities | typed_agents | groups | references
substatements = _with_object(_plain_objects).map(
    lambda made: {**made, "objectType": "SubStatement"}
)
statements = _merged(_with_object(_plain_objects | substatements), _optional(id=uuids))
