"""Mail over a real SMTP server: what arrives, what is tried again, what is given up."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from carebase.stack import ports
from tests.jobs.outbox.conftest import Outbox
from tests.jobs.outbox.receivers import Receiver


class Postbox:
    """Takes mail, or answers as told."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.recipients.append(address)
        if self.answers and self.answers[0].startswith(("450", "550")):
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers:
            return self.answers.pop(0)
        parsed = email.message_from_bytes(cast("bytes", envelope.content), policy=email.policy.SMTP)
        self.mails.append(cast("EmailMessage", parsed))
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right", handled=False)


@pytest.fixture
def postbox(outbox: Outbox) -> Iterator[Postbox]:
    box = Postbox()
    port = ports.free_port()
    controller = Controller(
        box, hostname="127.0.0.1", port=port, authenticator=box.authenticate, auth_require_tls=False
    )
    controller.start()
    outbox.integration("smtp", settings(port, username="care"), "right")
    outbox.template(
        "visit", "email", "{{ recipient_name }}: {{ link }}", "A visit on {{ on }}", link="link", on="date"
    )
    yield box
    controller.stop()


def settings(port: int, **more: object) -> dict[str, object]:
    return {"host": "127.0.0.1", "port": port, "security": "none", "from": "care@example.com", **more}


def send(outbox: Outbox, **more: object) -> str:
    [(today,)] = outbox.sql("select current_date::text")
    return outbox.send("email", "visit", payload={"link": "/visits/1", "on": today}, **more)


def test_a_mail_arrives(outbox: Outbox, postbox: Postbox) -> None:
    sent = send(outbox)
    outbox.work(app_url="https://app.example.com/")
    [mail] = postbox.mails
    assert mail["From"] == "care@example.com"
    assert mail["To"].startswith("nadia-")
    assert mail["Message-ID"] == f"<{sent}@example.com>"
    assert mail["Subject"].startswith("A visit on 20")
    assert mail.get_content().strip() == "Nadia: https://app.example.com/visits/1"
    assert postbox.logins == [(b"care", b"right")]
    assert outbox.status(sent) == ("sent", 0, None)


@pytest.mark.parametrize(
    ("answer", "status", "error"),
    [
        ("451 Try later", "pending", "smtp_451"), ("552 Too big", "dead", "smtp_552"),
        ("450 Busy", "pending", "smtp_450: recipient refused"),
        ("550 Nobody", "dead", "smtp_550: recipient refused"),
    ],
)  # fmt: skip
def test_what_the_server_says_decides(
    outbox: Outbox, postbox: Postbox, answer: str, status: str, error: str
) -> None:
    sent = send(outbox)
    postbox.answers = [answer]
    outbox.work()
    assert outbox.status(sent) == (status, 1, error)
    if status == "pending":
        outbox.make_due()
        outbox.work()
        assert outbox.status(sent)[0] == "sent"
        assert [mail["Message-ID"] for mail in postbox.mails] == [f"<{sent}@example.com>"]


def test_a_wrong_password_waits_to_be_put_right(outbox: Outbox, postbox: Postbox) -> None:
    sent = send(outbox)
    outbox.sql("select app.keep_channel_secret(id, 'wrong') from public.integration_configs")
    outbox.work()
    assert outbox.status(sent) == ("pending", 1, "smtp_535: login refused")


def test_a_server_that_is_none_or_hangs(outbox: Outbox, postbox: Postbox, receiver: Receiver) -> None:
    sent = send(outbox)
    port = int(receiver.url.rpartition(":")[2])
    outbox.sql(
        "update public.integration_configs set settings = settings || %s::jsonb", f'{{"port": {port}}}'
    )
    outbox.work(timeout_seconds=0.5)  # an HTTP server waits for the client to speak first
    assert outbox.status(sent) == ("pending", 1, "timeout: no answer in 0.5 s")
    outbox.sql("update public.integration_configs set settings = settings || '{\"port\": 1}'")
    outbox.make_due()
    outbox.work()
    assert outbox.status(sent) == ("pending", 2, "connection_failed: ConnectionRefusedError")


def test_a_private_mail_server_is_refused_unless_allowed(outbox: Outbox, postbox: Postbox) -> None:
    sent = send(outbox)
    outbox.work(allow_networks=())
    assert outbox.status(sent) == ("pending", 1, "target_private")
    assert postbox.mails == []


def test_without_a_service_it_waits(outbox: Outbox) -> None:
    outbox.template("visit", "email", "Hello")
    sent = outbox.send("email", "visit")
    outbox.work()
    assert outbox.status(sent) == ("pending", 1, "no_integration: no active integration for email")


def test_a_name_with_a_line_break_adds_no_header(outbox: Outbox, postbox: Postbox) -> None:
    outbox.template("hi", "email", "Hello", "For {{ recipient_name }}")
    outbox.sql("update public.profiles set display_name = E'Nadia\\r\\nBcc: everybody@example.com'")
    outbox.send("email", "hi")
    outbox.work()
    [mail] = postbox.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == "For Nadia Bcc: everybody@example.com"
