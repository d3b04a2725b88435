"""The addresses of the record store, below /xapi/."""

from django.urls import path, re_path

from lrs.views.activities import ActivitiesResource
from lrs.views.agents import AgentsResource
from lrs.views.documents import ActivityProfileResource, AgentProfileResource, StateResource
from lrs.views.others import AboutResource, UnknownResource
from lrs.views.statements import MoreStatementsResource, StatementsResource

app_name = "lrs"

urlpatterns = [
    path("statements", StatementsResource.as_view(), name="statements"),
    path("about", AboutResource.as_view(), name="about"),
    path("statements/more/<str:cursor>", MoreStatementsResource.as_view(), name="statements_more"),
    path("activities", ActivitiesResource.as_view(), name="activities"),
    path("activities/state", StateResource.as_view(), name="state"),
    path("activities/profile", ActivityProfileResource.as_view(), name="activity_profile"),
    path("agents", AgentsResource.as_view(), name="agents"),
    path("agents/profile", AgentProfileResource.as_view(), name="agent_profile"),
    re_path(r"^.*$", UnknownResource.as_view(), name="unknown"),
]
