"""Forms look the same everywhere: label, hint, error, field, in this order, tied together for screen readers."""

from django.forms.renderers import TemplatesSetting


class TashihRenderer(TemplatesSetting):
    """Renders fields with templates/forms/field.html."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
