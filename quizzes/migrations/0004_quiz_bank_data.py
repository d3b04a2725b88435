"""What older answers are worth, and which question each is to; a name for every right-hand side."""

import uuid

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    Attempt = apps.get_model("quizzes", "Attempt")
    Answer = apps.get_model("quizzes", "Answer")
    Choice = apps.get_model("quizzes", "Choice")
    Answer.objects.filter(is_correct=True).update(scaled=1)
    finished = Attempt.objects.filter(finished_at__isnull=False)
    finished.update(points=F("correct_count"))
    for attempt in finished.iterator():
        Attempt.objects.filter(pk=attempt.pk).update(question_count=len(attempt.questions))
    for answer in Answer.objects.select_related("attempt").iterator():
        question = answer.attempt.questions[answer.position]
        Answer.objects.filter(pk=answer.pk).update(question_uid=question["uid"])
    for choice in Choice.objects.only("pk").iterator():
        Choice.objects.filter(pk=choice.pk).update(match_uid=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0003_quiz_bank")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
