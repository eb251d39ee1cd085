"""What a step changed is kept with it, words can be taken back, letters recalled."""

from typing import Any

from django.db import migrations, models

from newsroom.immutability import forbid_changes


def protect_again(apps: Any, schema_editor: Any) -> None:
    """SQLite has rebuilt the table, and its triggers are gone with the old one."""
    forbid_changes(schema_editor, "corrections_event")


class Migration(migrations.Migration):

    dependencies = [
        ('corrections', '0010_words_of_the_clocks'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='before',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='message',
            name='taken_back_at',
            field=models.DateTimeField(null=True, verbose_name='taken back'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='state',
            field=models.CharField(choices=[('proposed', 'Waits for a second signature'), ('live', 'In force'), ('refused', 'Signature refused'), ('superseded', 'Superseded'), ('taken_back', 'Taken back')], max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='status',
            field=models.CharField(choices=[('pending', 'To be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('folded', 'Not sent: an unread mail already says that there is news'), ('withheld', 'Not sent: too many mails to this address'), ('unconfirmed', 'Not sent: the address is not confirmed'), ('failed', 'Could not be delivered'), ('recalled', 'Recalled before it was sent')], default='pending', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='event',
            name='happening',
            field=models.CharField(choices=[('received', 'Case received'), ('held', 'Held as suspicious'), ('released', 'Released'), ('confirmed', 'Confirmed'), ('claimed', 'Checking started'), ('assigned', 'Assigned'), ('severity_set', 'Severity set'), ('kind_changed', 'Kind changed'), ('note_added', 'Internal note'), ('question_asked', 'Question to the reader'), ('message_sent', 'Message to the reader'), ('reader_answered', 'Answer of the reader'), ('reader_added', 'Added by the reader'), ('file_added', 'The reader added a file'), ('file_removed', 'The reader removed a file'), ('resumed', 'Taken up again without an answer'), ('decision_proposed', 'Decision waits for a second signature'), ('signature_refused', 'Second signature refused'), ('decided', 'Decision'), ('notice_published', 'Notice published'), ('closed', 'Closed'), ('reopened', 'Reopened'), ('withdrawn', 'Withdrawn by the reader'), ('linked', 'Joined to a similar report'), ('unlinked', 'Separated again'), ('snoozed', 'Put aside'), ('woken', 'No longer put aside'), ('lead_decided', 'Decided together with a similar report'), ('review_asked', 'A review of the decision was asked for'), ('solved_said', 'The reader said whether it was solved'), ('identity_revealed', 'Name and address revealed'), ('address_changed', 'The reader changed the address'), ('confirmation_asked', 'The reader asked for the confirmation again'), ('address_confirmed', 'The reader confirmed the address'), ('identity_erased', 'Personal data erased'), ('first_reply_missed', 'First reply is late'), ('deadline_near', 'Deadline reminder'), ('deadline_missed', 'Deadline missed'), ('deadline_escalated', 'Missed deadline passed on to the administrators'), ('undone', 'Taken back')], max_length=20, verbose_name='what happened'),
        ),
        migrations.RunPython(protect_again, migrations.RunPython.noop),
    ]
