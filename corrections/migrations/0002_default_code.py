"""Nothing any more: the code of ethics is written once all its columns are there (0005_default_code_in_full)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("corrections", "0001_initial")]
    operations = []
