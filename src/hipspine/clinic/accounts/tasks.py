"""What signing in leaves behind is gone when it has served its purpose."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

#: Failures count for the lockout for a quarter of an hour; an attack is looked into on its day.
FAILURES_KEPT = timedelta(days=1)


@db_periodic_task(crontab(minute="10", hour="3"))
def forget_sign_ins() -> None:
    """Failed sign-ins, with the addresses in them, and sessions that are over."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - FAILURES_KEPT).delete()
    SessionStore.clear_expired()
