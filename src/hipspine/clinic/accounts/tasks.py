"""Mails about an account, sent outside the request: a mail server that is away stops no page."""

from django.core.mail import EmailMessage
from huey.contrib.djhuey import task

from hipspine.clinic.web.posting import Posted, post


@task(retries=9, retry_delay=60)
def send_account_mail(message: EmailMessage) -> None:
    """Tried again for ten minutes, as long as a code for signing in lives."""
    if post(message) is Posted.LATER:
        raise ConnectionError("the mail server is away")  # the queue tries again
