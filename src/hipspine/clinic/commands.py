"""`hipspine clinic ...`: the commands that run a clinic."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer.core import TyperGroup

from hipspine.clinic.environment import make_data_dir, read_environment
from hipspine.errors import InvalidInput


class OneClearLine(TyperGroup):
    """A database that is not there or not migrated is one line, not a traceback."""

    def invoke(self, ctx):
        from django.db import OperationalError, ProgrammingError  # noqa: PLC0415

        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as error:
            first = str(error).strip().splitlines()[0]
            raise InvalidInput(f"database: {first}; try: hipspine clinic migrate") from None


app = typer.Typer(
    cls=OneClearLine, no_args_is_help=True, add_completion=False, help="Run the clinic."
)
audit = typer.Typer(no_args_is_help=True, help="The chain of audit events.")
app.add_typer(audit, name="audit")
console = Console(highlight=False, soft_wrap=True)


@app.callback()
def _start(context: typer.Context) -> None:
    """Load Django once, for every command."""
    import django  # noqa: PLC0415  (only when a command runs)

    if context.invoked_subcommand in ("serve", "try"):
        os.environ["HIPSPINE_TASKS"] = "queued"  # the server starts the consumer that does them
    if context.invoked_subcommand == "try":
        os.environ.setdefault("HIPSPINE_LOG", "warning")  # mails are read on the same console
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipspine.clinic.settings")
    os.umask(0o077)  # what is written, from the database to the tasks, only this user reads
    make_data_dir(read_environment().data_dir)  # the tasks' queue opens its file there at once
    django.setup()


@app.command()
def migrate() -> None:
    """Make the database, or bring it up to date."""
    from django.core.management import call_command  # noqa: PLC0415

    _static_dir()
    call_command("migrate", interactive=False, verbosity=0)
    console.print("the database is up to date")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = max(
        1, min(4, os.cpu_count() or 1)
    ),
) -> None:
    """Serve the clinic until stopped."""
    from hipspine.clinic.operations.serving import serve as serve_until_stopped  # noqa: PLC0415

    _static_dir()
    # The consumer is a process of its own and reads it from here.
    os.environ.setdefault("HIPSPINE_PUBLIC_URL", _own_address(host, port))
    console.print(f"the clinic is at http://{host}:{port}/")
    serve_until_stopped(host, port, workers)


@app.command()
def createuser(
    email: str,
    role: Annotated[str, typer.Option(help="patient, front_desk, clinician, ...")],
    name: Annotated[str, typer.Option()] = "",
    password: Annotated[
        str | None, typer.Option(help="None: one is made and printed once.", envvar="PASSWORD")
    ] = None,
) -> None:
    """Make an account; staff set up their second factor when they first sign in."""
    from hipspine.clinic.operations.people import create  # noqa: PLC0415

    made = password or secrets.token_urlsafe(15)
    create(email, role, name, made)
    console.print(f"{email} can sign in" + ("" if password else f"; password: {made}"))


@app.command()
def closeuser(email: str) -> None:
    """Who leaves signs in no more, and no page opens in a session there is."""
    from hipspine.clinic.operations.people import close  # noqa: PLC0415

    close(email)
    console.print(f"{email} can no longer sign in; hipspine clinic reopenuser takes it back")


@app.command()
def reopenuser(
    email: str,
    password: Annotated[
        str | None, typer.Option(help="None: one is made and printed once.", envvar="PASSWORD")
    ] = None,
) -> None:
    """Let in again, or anew: who lost the second factor gets a new password and sets one up."""
    from hipspine.clinic.operations.people import reopen  # noqa: PLC0415

    made = password or secrets.token_urlsafe(15)
    reopen(email, made)
    console.print(f"{email} can sign in" + ("" if password else f"; password: {made}"))


@app.command()
def demo() -> None:
    """Make the demonstration clinic of invented people."""
    from hipspine.clinic.operations.demonstration import make_demonstration  # noqa: PLC0415

    for line in make_demonstration():
        console.print(line)


@app.command("try")
def try_out(port: Annotated[int, typer.Option(min=1, max=65535)] = 8000) -> None:
    """Make the database and the demonstration where they are missing, and serve them."""
    from hipspine.clinic.operations.demonstration import made_once  # noqa: PLC0415
    from hipspine.clinic.operations.serving import require_free  # noqa: PLC0415

    require_free("127.0.0.1", port)
    migrate()
    for line in made_once():
        console.print(line)
    serve(host="127.0.0.1", port=port, workers=2)


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(help="Folder to write; must not exist or be empty.")],
) -> None:
    """Copy the database while it runs, with the hash of every row."""
    from hipspine.clinic.operations.backup import make_backup  # noqa: PLC0415

    console.print(make_backup(to))


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="Folder that `backup` wrote.")],
    drill: Annotated[bool, typer.Option("--drill", help="Only prove that it could be.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the live data.")] = False,
) -> None:
    """Put a backup in place; --drill checks it without touching the live data."""
    from hipspine.clinic.operations.restore import drill_backup, restore_backup  # noqa: PLC0415

    console.print(drill_backup(source) if drill else restore_backup(source, replace=replace))


@app.command()
def move(
    to: Annotated[str, typer.Option(help="postgresql://user:password@host:port/name, empty.")],
) -> None:
    """Move the clinic from SQLite to PostgreSQL; the source stays as it was."""
    from hipspine.clinic.operations.moving import move_to  # noqa: PLC0415

    console.print(move_to(to))
    console.print("set DATABASE_URL to it and serve again; everybody signs in anew")


@app.command()
def check(
    mail_to: Annotated[
        str | None, typer.Option(help="An address of yours: also send it a test mail.")
    ] = None,
) -> None:
    """Check settings, database and audit chain; exit 2 where something is wrong."""
    from hipspine.clinic.operations.checking import check_clinic, send_test_mail  # noqa: PLC0415

    for line in check_clinic():
        console.print(line)
    if mail_to:
        console.print(send_test_mail(mail_to))


@audit.command("verify")
def verify_chain(
    head: Annotated[
        str | None, typer.Option(help="A head noted earlier: shows events cut off the end.")
    ] = None,
) -> None:
    """Walk the chain; the first altered or missing event is named, exit 2."""
    from hipspine.clinic.audit.chain import verify  # noqa: PLC0415

    found = verify(head)
    if found.fault:
        raise InvalidInput(f"the audit chain is broken: {found.fault}")
    console.print(f"{found.events} events, unbroken; head {found.head}")


def _own_address(host: str, port: int) -> str:
    """Where links in mails lead when nothing else is said: a local clinic's own port."""
    from django.conf import settings  # noqa: PLC0415

    return settings.PUBLIC_URL if settings.SECURE else f"http://{host}:{port}"


def _static_dir() -> None:
    from django.conf import settings  # noqa: PLC0415

    settings.STATIC_ROOT.mkdir(exist_ok=True)
