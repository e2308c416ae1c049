"""Signing in with a password: staff have one, patients need none."""

from allauth.account.forms import LoginForm


class PasswordLoginForm(LoginForm):
    """allauth drops the password where registering asks for none; our staff still have theirs."""

    def _setup_password_field(self) -> None:
        """Keep it."""
