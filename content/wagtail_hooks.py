"""What the content kit adds to the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from content.viewsets import AudienceViewSet

register_snippet(AudienceViewSet)
