"""Is this clinic in order? Settings, database, migrations, audit chain."""

import io

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from hipspine.clinic.audit.chain import verify
from hipspine.clinic.booking.selectors import letters_owed
from hipspine.clinic.environment import DEMONSTRATION_PHONE, Environment, read_environment
from hipspine.errors import InvalidInput


def check_clinic() -> list[str]:
    """One line for each thing that is in order; the first that is not is the error."""
    environment = read_environment()
    production = environment.production
    if production:
        nothing_invented(environment)
    words = io.StringIO()
    try:
        call_command("check", deploy=production, fail_level="WARNING", stdout=words, stderr=words)
    except SystemCheckError as error:
        first = [line for line in str(error).splitlines() if line.startswith("?:")]
        raise InvalidInput(f"settings: {(first or [str(error)])[0]}") from None
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        raise InvalidInput(f"database: {str(error).splitlines()[0]}") from None
    if waiting:
        raise InvalidInput(f"database: {len(waiting)} migrations to run: hipspine clinic migrate")
    chain = verify()
    if chain.fault:
        raise InvalidInput(f"audit chain: {chain.fault}")
    return [
        f"settings: {'production' if production else 'local'}, in order",
        f"database: {connection.vendor}, up to date",
        f"audit chain: {chain.events} events, unbroken",
        f"letters: {letters_owed().count()} waiting to be sent",
    ]


def send_test_mail(to: str) -> str:
    """By the way every letter goes; the line to show. What the mail server says is the error."""
    words = "This is a test of the clinic's mail. Nothing has to be done."
    try:
        EmailMessage(f"{settings.CLINIC_NAME}: a test", words, to=[to]).send()
    except OSError as error:  # smtplib's errors, and those of the network
        said = " ".join(str(error).split())
        raise InvalidInput(f"mail: {type(error).__name__}: {said}") from None
    return f"mail: one from {settings.DEFAULT_FROM_EMAIL} to {to} was taken by the mail server"


def nothing_invented(environment: Environment) -> None:
    """The demonstration's number stands on no page of a real clinic, and no mail on a console."""
    if environment.clinic_phone == DEMONSTRATION_PHONE:
        raise InvalidInput(
            "settings: HIPSPINE_CLINIC_PHONE: every page would show the demonstration's number"
        )
    if environment.email_url.startswith("console:"):
        raise InvalidInput(
            "settings: HIPSPINE_EMAIL_URL: no mail would leave; accepted: smtp:// or smtps://"
        )
