"""表单: one renderer for every form, in GOV.UK markup."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws fields with ``django/forms/field.html`` of the frame."""
