"""Signing in with a password or a passkey: staff have one, patients need none."""

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class PasswordLoginForm(LoginForm):
    """allauth drops the password where registering asks for none; our staff still have theirs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")

    def _setup_password_field(self) -> None:
        """Keep it."""


class PasskeyForm(AddWebAuthnForm):
    """allauth's words are a developer's; here a key is one to sign in with unless unticked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it")
        self.fields["name"].help_text = _("For example: work laptop, telephone, blue key.")
        self.fields["passwordless"].label = _("Sign in with it alone, without a password")
        self.fields["passwordless"].help_text = _(
            "The device then asks for your finger, face or PIN."
        )
        self.fields["passwordless"].initial = True
