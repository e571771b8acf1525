"""Resend, Twilio, Slack, Teams and the application: what each is sent, and how answers are understood."""

from __future__ import annotations

import base64
import json
from urllib.parse import parse_qs

import pytest

from tests.jobs.outbox.conftest import Outbox
from tests.jobs.outbox.receivers import Receiver

ACCOUNT = "AC" + "0" * 32


@pytest.fixture(autouse=True)
def words(outbox: Outbox) -> None:
    for channel in ("email", "sms", "chat", "in_app"):
        outbox.template("late", channel, "Late: {{ link }}", "It is late", link="link")


def late(outbox: Outbox, channel: str, to: str | None = None) -> str:
    return outbox.send(channel, "late", to, {"link": "/tasks/1"})


def test_mail_by_resend(outbox: Outbox, receiver: Receiver) -> None:
    outbox.integration("resend", {"from": "care@example.com"}, "re_key")
    sent = late(outbox, "email")
    receiver.answers = [500, 200]
    outbox.work(resend_url=receiver.url)
    outbox.make_due()
    outbox.work(resend_url=receiver.url)
    first, second = receiver.requests
    assert (first.path, first.headers["authorization"]) == ("/emails", "Bearer re_key")
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == sent
    told = json.loads(first.body)
    assert (told["subject"], told["text"]) == ("It is late", "Late: http://127.0.0.1:3000/tasks/1")
    assert told["from"] == "care@example.com"
    assert outbox.status(sent) == ("sent", 1, "http_500")


def test_mail_that_resend_finds_wrong_is_given_up(outbox: Outbox, receiver: Receiver) -> None:
    outbox.integration("resend", {"from": "care@example.com"})
    sent = late(outbox, "email")
    receiver.answers = [422]
    outbox.work(resend_url=receiver.url)
    assert outbox.status(sent) == ("dead", 1, "http_422")


def test_sms_by_twilio(outbox: Outbox, receiver: Receiver) -> None:
    outbox.integration("twilio", {"account_sid": ACCOUNT, "from": "+15550100"}, "token")
    outbox.sql("update auth.users set phone = '15550123'")
    late(outbox, "sms")
    receiver.answers = [201]
    outbox.work(twilio_url=receiver.url)
    [request] = receiver.requests
    assert request.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert (
        request.headers["authorization"] == "Basic " + base64.b64encode(f"{ACCOUNT}:token".encode()).decode()
    )
    assert parse_qs(request.body.decode()) == {
        "To": ["+15550123"], "From": ["+15550100"], "Body": ["Late: http://127.0.0.1:3000/tasks/1"],
    }  # fmt: skip


def test_who_has_no_number_gets_no_sms(outbox: Outbox) -> None:
    sent = late(outbox, "sms")
    outbox.work()
    assert outbox.status(sent) == ("dead", 0, "no_address")


@pytest.mark.parametrize("kind", ["slack", "teams"])
def test_chat(outbox: Outbox, receiver: Receiver, kind: str) -> None:
    channel = outbox.integration(kind, {}, receiver.url + "/services/secret")
    late(outbox, "chat", channel)
    outbox.work()
    [request] = receiver.requests
    assert request.path == "/services/secret"
    told = json.loads(request.body)
    if kind == "slack":
        assert told == {"text": "*It is late*\nLate: http://127.0.0.1:3000/tasks/1"}
    else:
        card = told["attachments"][0]["content"]
        assert [block["text"] for block in card["body"]] == [
            "It is late",
            "Late: http://127.0.0.1:3000/tasks/1",
        ]


def test_in_the_application(outbox: Outbox) -> None:
    late(outbox, "in_app")
    outbox.work(app_url="https://app.example.com")
    assert outbox.sql("select title, body, status::text from public.notification_queue") == [
        ("It is late", "Late: https://app.example.com/tasks/1", "sent")
    ]
