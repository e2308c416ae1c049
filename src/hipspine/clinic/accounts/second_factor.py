"""How allauth's second factor behaves here: our words."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ERRORS = {
    "add_email_blocked": _("With a second factor no address can be added."),
    "cannot_delete_authenticator": _("This second factor cannot be removed."),
    "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
    "incorrect_code": _("This code is not right, or it is too old."),
    "unverified_email": _("Confirm your e-mail address first."),
}


class SecondFactorAdapter(DefaultMFAAdapter):
    """Errors, and the name of a passkey until its owner gives it one."""

    error_messages = DefaultMFAAdapter.error_messages | ERRORS

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        keys = Authenticator.objects.filter(user_id=user.pk, type=type)
        return gettext("Passkey %(number)d") % {"number": keys.count() + 1}
