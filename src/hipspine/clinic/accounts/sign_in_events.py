"""Signing in and out, and failing to, are events too."""

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from hipspine.clinic.audit.actions import record


@receiver(user_logged_in)
def _signed_in(sender, request, user, **kwargs):
    record("session.sign_in", actor=user)


@receiver(user_logged_out)
def _signed_out(sender, request, user, **kwargs):
    if user is not None:
        record("session.sign_out", actor=user)


@receiver(user_login_failed)
def _failed(sender, credentials, request=None, **kwargs):
    record("session.sign_in_failed", actor=None)  # whose it was is not ours to write down


@receiver(authenticator_added)
def _factor_added(sender, request, user, authenticator, **kwargs):
    record("account.second_factor_added", actor=user, detail={"type": authenticator.type})


@receiver(authenticator_removed)
def _factor_removed(sender, request, user, authenticator, **kwargs):
    record("account.second_factor_removed", actor=user, detail={"type": authenticator.type})
