"""The activities resource (Part Three 2.5)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from lrs.selectors import activity_definition_get
from lrs.views.answers import json_answer
from lrs.views.protocol import Resource
from lrs.views.values import activity_parameter, single_values


class ActivitiesResource(Resource):
    """GET and HEAD of /xapi/activities: the Activity with its canonical definition."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Part Three 2.5.s2.b1: an activity that nobody defined is an Activity all the same."""
        self.reading_limit()  # who may read no statement learns nothing of what they are about
        values = single_values(request.GET, allowed=frozenset({"activityId"}))
        iri = activity_parameter(values, "Part Three 2.5")
        activity: dict[str, Any] = {"objectType": "Activity", "id": iri}
        definition = activity_definition_get(iri)
        if definition is not None:
            activity["definition"] = definition
        return json_answer(request, activity)
