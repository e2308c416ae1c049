"""Mails on the console, for reading: who, what, and the names of attachments."""

import sys

from django.core.mail.backends.base import BaseEmailBackend


class ConsoleBackend(BaseEmailBackend):
    """For trying out; in production mails go out by SMTP."""

    def send_messages(self, email_messages) -> int:
        for message in email_messages:
            attached = [f"({a[0]} is attached)" for a in message.attachments]
            head = [f"--- mail to {', '.join(message.to)}", f"Subject: {message.subject}", ""]
            sys.stdout.write("\n".join([*head, message.body.strip(), *attached, "---", ""]))
        sys.stdout.flush()
        return len(email_messages)
