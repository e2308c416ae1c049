"""Accounts made from the command line."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from hipspine.clinic.accounts.actions import bar_user, create_user, let_user_in
from hipspine.clinic.accounts.models import User
from hipspine.clinic.accounts.roles import Role
from hipspine.errors import InvalidInput


def create(email: str, role: str, name: str, password: str) -> User:
    """The account, or one line saying what cannot be used."""
    if role not in Role.values:
        raise InvalidInput(f"--role {role!r}: accepted: {', '.join(Role.values)}")
    try:
        validate_email(email)
        return create_user(email, role, name=name, password=password)
    except ValidationError:
        raise InvalidInput(f"{email!r} is not an e-mail address") from None
    except IntegrityError:
        raise InvalidInput(f"{email!r} has an account already") from None


def close(email: str) -> None:
    """No more signing in, at once."""
    bar_user(_found(email))


def reopen(email: str, password: str) -> None:
    """In again with this password; the second factor is to be set up anew."""
    let_user_in(_found(email), password)


def _found(email: str) -> User:
    try:
        return User.objects.get_by_natural_key(email.strip())
    except User.DoesNotExist:
        raise InvalidInput(f"{email!r} has no account") from None
