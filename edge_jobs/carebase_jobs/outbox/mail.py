"""A message as a mail: headers that cannot be broken into, plain text."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from carebase_jobs.outbox.message import Message
from carebase_jobs.outbox.render import render


def compose(message: Message, sender: str, app_url: str) -> EmailMessage:
    """The mail of a message.

    Raises:
        TemplateFault: it cannot be rendered.
    """
    subject, text = render(message, app_url)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = message.address or ""
    mail["Subject"] = subject or message.organization_name
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail
