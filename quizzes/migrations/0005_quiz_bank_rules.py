from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0004_quiz_bank_data")]

    operations = [
        migrations.AlterField(
            model_name="answer",
            name="question_uid",
            field=models.UUIDField(db_index=True, verbose_name="question"),
        ),
        migrations.AlterField(
            model_name="answer",
            name="scaled",
            field=models.FloatField(help_text="De 0 à 1.", verbose_name="part juste"),
        ),
        migrations.AlterField(
            model_name="answer",
            name="wording",
            field=models.CharField(max_length=16, verbose_name="formulation"),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('scaled__gte', 0), ('scaled__lte', 1)), name='answer_scaled_from_0_to_1'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_correct', True), ('scaled', 1)), models.Q(('is_correct', False), ('scaled__lt', 1)), _connector='OR'), name='answer_correct_means_wholly_right'),
        ),
    ]
