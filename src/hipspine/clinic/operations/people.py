"""Accounts made from the command line."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from hipspine.clinic.accounts.actions import create_user
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
