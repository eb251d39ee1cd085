from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corrections", "0033_once_a_complaint")]
    operations = [
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=~models.Q(kind="complaint") | models.Q(was_complaint=True),
                name="complaints_are_known_as_such",
            ),
        ),
    ]
