"""The one place that writes users."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog
from django.db import transaction

from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import Role
from hipspine.clinic.audit.actions import Actor, record


@transaction.atomic
def create_user(
    email: str, role: str, *, name: str = "", password: str | None = None, by: Actor | None = None
) -> User:
    """A user whose address counts as verified: the clinic made the account."""
    user = User.objects.create_user(email, password, role=Role(role), name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record(
        "account.created",
        actor=by,
        target=f"accounts.User:{user.pseudonym}",
        detail={"role": user.role},
    )
    return user


@transaction.atomic
def change_language(user: User, language: str) -> None:
    """The language of pages and letters."""
    user.language = language
    user.save(update_fields=["language"])
    record("account.language", actor=user, detail={"language": language})


@transaction.atomic
def bar_user(user: User, *, by: Actor | None = None) -> None:
    """Who works here no more: no page from the next request on. The name stays for "who looked"."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
    record("account.barred", actor=by, target=f"accounts.User:{user.pseudonym}")


@transaction.atomic
def let_user_in(user: User, password: str, *, by: Actor | None = None) -> None:
    """Again, or after the telephone with the second factor was lost: it is set up anew."""
    user.is_active = True
    user.set_password(password)  # ends every session there is
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
    record("account.let_in_anew", actor=by, target=f"accounts.User:{user.pseudonym}")


@transaction.atomic
def close_account(user: User, *, by: Actor) -> None:
    """No more signing in; the address is forgotten, the pseudonym stays for the chain."""
    for failures in (AccessAttempt, AccessFailureLog):
        failures.objects.filter(username__iexact=user.email).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.email = f"erased-{user.pseudonym}@invalid.example"
    user.name = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    record("account.closed", actor=by, target=f"accounts.User:{user.pseudonym}")
