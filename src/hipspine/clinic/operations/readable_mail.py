"""Mails printed for a person to read: none is sent, but links and codes work."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as ConsoleBackend


class EmailBackend(ConsoleBackend):
    """Addressee, subject and text as they are, without the encodings mails travel in."""

    def write_message(self, message: EmailMessage) -> None:
        """Between two lines; of attachments only the names."""
        names = ", ".join(str(a[0]) for a in message.attachments if isinstance(a, tuple))
        lines = [f"To: {', '.join(message.recipients())}", f"Subject: {message.subject}"]
        if names:
            lines.append(f"Attached: {names}")
        framed = ["-- mail (not sent: no mail server is set) ".ljust(79, "-"), *lines, ""]
        self.stream.write("\n".join([*framed, message.body.rstrip(), "-" * 79, ""]))
