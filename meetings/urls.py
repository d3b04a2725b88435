"""The pages of meetings are Wagtail's; what happens to a meeting stands here."""

from django.urls import include, path

app_name = "meetings"
urlpatterns = [
    path("agenda/", include("meetings.calendars.urls")),
    path("agenda/", include("meetings.registrations.urls")),
    path("agenda/organisation/", include("meetings.organising.urls")),
    path("agenda/presence/", include("meetings.attendance.urls")),
]
