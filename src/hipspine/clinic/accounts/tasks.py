"""Mails about an account go out beside the request; what signing in leaves behind is forgotten."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django.core.mail import EmailMessage
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, task

from hipspine.clinic.web.posting import Posted, post

#: Failures count for the lockout for a quarter of an hour; an attack is looked into on its day.
FAILURES_KEPT = timedelta(days=1)


@task(retries=9, retry_delay=60)
def send_account_mail(message: EmailMessage) -> None:
    """Tried again for ten minutes, as long as a code for signing in lives."""
    if post(message) is Posted.LATER:
        raise ConnectionError("the mail server is away")  # the queue tries again


@db_periodic_task(crontab(minute="10", hour="3"))
def forget_sign_ins() -> None:
    """Failed sign-ins, with the addresses in them, and sessions that are over."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - FAILURES_KEPT).delete()
    SessionStore.clear_expired()
