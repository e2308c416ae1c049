"""allauth's forms in our words. Staff sign in with a password or a passkey, patients need none."""

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

LABELS = {
    "email": _("E-mail"),
    "login": _("E-mail"),
    "code": _("Code"),
    "password": _("Password"),
    "oldpassword": _("Your password until now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


class OurWords:
    """A label above each field, and no second one in it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class PasswordLoginForm(OurWords, account.LoginForm):
    """allauth drops the password where registering asks for none; our staff still have theirs."""

    def _setup_password_field(self) -> None:
        """Keep it."""


class SignupForm(OurWords, account.SignupForm):
    """Registering."""


class RequestLoginCodeForm(OurWords, account.RequestLoginCodeForm):
    """Where the code for signing in is sent."""


class ConfirmLoginCodeForm(OurWords, account.ConfirmLoginCodeForm):
    """The code for signing in."""


class ConfirmEmailCodeForm(OurWords, account.ConfirmEmailVerificationCodeForm):
    """The code that confirms an address."""


class AddEmailForm(OurWords, account.AddEmailForm):
    """One more address."""


class ChangeEmailForm(OurWords, account.ChangeEmailForm):
    """The right address, where the first was wrong."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """Where the code for a new password is sent."""


class ConfirmResetCodeForm(OurWords, account.ConfirmPasswordResetCodeForm):
    """The code for a new password."""


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    """The new password, after the code."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """The new password, after the old one."""


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """The first password."""


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    """The password, once more."""


class SecondFactorForm(OurWords, second_factor.AuthenticateForm):
    """A code of the app or a recovery code, after the password."""


class SecondFactorAgainForm(OurWords, second_factor.ReauthenticateForm):
    """The same, once more."""


class SetUpAppForm(OurWords, ActivateTOTPForm):
    """The first code that the app shows."""


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for it")


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
