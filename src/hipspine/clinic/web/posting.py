"""Handing a mail to the mail server, and what its answer means."""

import logging
from enum import Enum
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMessage

LOG = logging.getLogger(__name__)
#: From here on a mail server's answer is for good (RFC 5321); below, it may be tried again.
FOR_GOOD = 500


class Posted(Enum):
    """DONE: sent, or refused for good; LATER: to be tried again."""

    DONE = "done"
    LATER = "later"


def post(message: EmailMessage) -> Posted:
    """Send it. What a server says may quote an address: only the kind of the error is logged."""
    try:
        message.send()
    except OSError as error:  # smtplib's errors, and those of the network
        if refused_for_good(error):
            LOG.warning("a mail was refused for good")
            return Posted.DONE
        LOG.warning("a mail could not be sent", exc_info=error)
        return Posted.LATER
    return Posted.DONE


def refused_for_good(error: OSError) -> bool:
    """This mail, or its address; not the server as a whole, and not greylisting (4xx)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= FOR_GOOD for code, _ in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= FOR_GOOD
