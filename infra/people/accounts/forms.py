"""What a person may change about himself."""

from django import forms

from infra.models import User


class OwnAccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """How notices reach the person; name, organisation and roles are the administrator's."""

    class Meta:
        model = User
        fields = ["notify_by_email"]
