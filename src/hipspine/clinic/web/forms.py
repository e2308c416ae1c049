"""How a form field is drawn: label, hint and error beside it, tied together for a screen reader."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Our templates for a form and a field; Django's own widgets inside."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
