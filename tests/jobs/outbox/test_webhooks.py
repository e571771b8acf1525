"""Webhooks over real sockets: what is signed, what is tried again, what is refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from contextlib import ExitStack
from typing import Any

import pytest

from carebase_jobs.outbox.channels.webhook import sign
from tests.jobs.outbox.conftest import Outbox
from tests.jobs.outbox.receivers import Receiver

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def event(outbox: Outbox, receiver: Receiver) -> Any:
    outbox.template("task.overdue", "webhook", task="id")
    webhook = outbox.webhook(receiver.url + "/hook?team=1")
    return lambda **more: outbox.send(
        "webhook", "task.overdue", webhook, {"task": "01935f3e-0000-7000-8000-000000000000"}, **more
    )


def test_an_event_is_posted_once_and_signed(outbox: Outbox, receiver: Receiver, event: Any) -> None:
    sent = event()
    assert outbox.work().settled_count == 1
    [request] = receiver.requests
    assert request.path == "/hook?team=1"
    assert request.headers["webhook-id"] == sent
    moment = request.headers["webhook-timestamp"]
    assert abs(int(moment) - time.time()) < 10
    # Computed here from the specification's words, not by our function.
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    mac = hmac.new(key, f"{sent}.{moment}.".encode() + request.body, hashlib.sha256).digest()
    assert request.headers["webhook-signature"] == "v1," + base64.b64encode(mac).decode()
    body = json.loads(request.body)
    assert body["type"] == "task.overdue"
    assert body["data"] == {"task": "01935f3e-0000-7000-8000-000000000000"}
    assert outbox.status(sent)[0] == "sent"
    assert outbox.sql(
        "select attempt::integer, is_delivered, status_code::integer, error from public.webhook_deliveries"
    ) == [(1, True, 200, None)]


def test_the_published_example_of_the_specification_is_met() -> None:
    body = b'{"test": %d}' % 0x90F8EB7A  # its number could be a provider's, so it is not written out
    signed = sign(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_for_a_day_after_a_rotation_both_keys_sign() -> None:
    old, new = SECRET, "whsec_" + base64.b64encode(b"n" * 32).decode()
    both = sign(f"{new} {old} 1000", "m", 999, b"{}")
    assert both == sign(new, "m", 999, b"{}") + " " + sign(old, "m", 999, b"{}")
    assert sign(f"{new} {old} 1000", "m", 1000, b"{}") == sign(new, "m", 1000, b"{}")


def test_what_fails_is_tried_again(outbox: Outbox) -> None:
    """One message to each of many receivers, each of which fails in its way, and then does not."""
    failures: dict[int | str, str] = {
        500: "http_500", 429: "http_429", 404: "http_404", "redirect": "http_302", "hang": "timeout",
        "drip": "timeout", "close": "connection_failed", "early": "connection_failed",
    }  # fmt: skip
    outbox.template("task.overdue", "webhook")
    with ExitStack() as running:
        receivers = {answer: running.enter_context(Receiver()) for answer in failures}
        webhooks = {answer: outbox.webhook(each.url) for answer, each in receivers.items()}
        sent = {answer: outbox.send("webhook", "task.overdue", to) for answer, to in webhooks.items()}
        for answer, receiver in receivers.items():
            receiver.answers = [answer, 200]
        outbox.work(timeout_seconds=0.7)
        for answer, error in failures.items():
            status, attempts, last_error = outbox.status(sent[answer])
            assert (status, attempts) == ("pending", 1), answer
            assert str(last_error).startswith(error), answer
            assert len(receivers[answer].requests) == 1, answer  # nobody follows a redirect
        outbox.make_due()
        outbox.work()
        for answer, receiver in receivers.items():
            assert outbox.status(sent[answer])[0] == "sent", answer
            ids = [request.headers["webhook-id"] for request in receiver.requests]
            assert ids == [sent[answer], sent[answer]], answer
            assert receiver.seen == {sent[answer]: 1}, answer
            deliveries = "select count(*) from public.webhook_deliveries where webhook_id = %s"
            assert outbox.sql(deliveries, webhooks[answer]) == [(2,)], answer


def test_an_answer_that_is_odd_but_good_is_good(outbox: Outbox) -> None:
    outbox.template("task.overdue", "webhook")
    answers: tuple[int | str, ...] = ("twice", "huge", 204)
    with ExitStack() as running:
        receivers = {answer: running.enter_context(Receiver()) for answer in answers}
        sent = []
        for answer, receiver in receivers.items():
            receiver.answers = [answer]
            sent.append(outbox.send("webhook", "task.overdue", outbox.webhook(receiver.url)))
        outbox.work()
        assert [outbox.status(each)[0] for each in sent] == ["sent"] * 3
        assert [len(receiver.requests) for receiver in receivers.values()] == [1, 1, 1]


def test_gone_is_for_good(outbox: Outbox, receiver: Receiver, event: Any) -> None:
    sent = event()
    receiver.answers = [410]
    outbox.work()
    assert outbox.status(sent) == ("dead", 1, "http_410")


def test_the_receiver_says_when_to_come_again(outbox: Outbox, receiver: Receiver, event: Any) -> None:
    event()
    receiver.answers = [503]
    receiver.headers = {"retry-after": "600"}
    outbox.work()
    [(pause,)] = outbox.sql("select extract(epoch from due_at - now())::integer from app.notification_tasks")
    assert 590 < pause <= 600


def test_private_targets_are_refused_unless_allowed(outbox: Outbox, receiver: Receiver, event: Any) -> None:
    sent = event()
    outbox.work(allow_networks=())
    assert outbox.status(sent) == ("dead", 1, "target_private")
    assert receiver.requests == []


def test_one_that_hangs_holds_up_nobody(outbox: Outbox, receiver: Receiver, event: Any) -> None:
    receiver.answers = ["hang", 200]
    for _ in range(30):
        event()
    outbox.work(timeout_seconds=1.5, batch_size=10)
    counts = "select status::text, count(*) from public.notification_queue group by 1 order by 2"
    assert outbox.sql(counts) == [
        ("pending", 1), ("sent", 29),
    ]  # fmt: skip
    [(spread,)] = outbox.sql(
        "select extract(epoch from max(settled_at) - min(settled_at)) < 1.4 from public.notification_queue"
    )
    assert spread


def test_events_of_a_line_arrive_in_order(outbox: Outbox, receiver: Receiver, event: Any) -> None:
    sent = [event(p_line_key="case-1") for _ in range(5)]
    receiver.answers = [200, 200, 500, 200]
    outbox.work()
    assert [request.headers["webhook-id"] for request in receiver.requests] == sent[:3]
    outbox.make_due()
    outbox.work()
    assert [request.headers["webhook-id"] for request in receiver.requests] == sent[:3] + sent[2:]
