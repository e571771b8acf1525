"""Templates: what they may say, and what they cannot do."""

from __future__ import annotations

import pytest

from carebase_jobs.outbox.message import Message, Payload
from carebase_jobs.outbox.render import TemplateFault, render


def message(body: str, subject: str | None = None, payload: Payload | None = None) -> Message:
    return Message(
        org_id="o", id="m", channel="email", template_key="t", subject=subject, body=body,
        payload=payload or {},
        attempt=1, created_at="2026-11-21T12:00:00Z", organization_name="Lakeside", recipient_name="Nadia",
    )  # fmt: skip


def test_values_conditions_and_filters() -> None:
    tasks = "{% if count > 1 %}{{ count }} tasks{% else %}A task{% endif %}"
    body = tasks + " for {{ recipient_name|upper }}: {{ link }}"
    subject, text = render(
        message(body, "From {{ organization_name }}", {"count": 2, "link": "/t"}), "https://app.example.com/"
    )
    assert subject == "From Lakeside"
    assert text == "2 tasks for NADIA: https://app.example.com/t"


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__ }}", "{{ ''['__class__'] }}", "{{ range(9) }}",
        "{% for a in 'abc' %}{% endfor %}",
        "{{ 9 ** 9 }}", "{{ 'a' * 999999999 }}", "{% set a = 1 %}", "{% include 'x' %}",
        "{% import 'x' as x %}",
        "{{ recipient_name|attr('x') }}", "{{ [1]|map('x') }}", "{% macro a() %}{% endmacro %}",
        "{{ missing }}",
        "{{ recipient_name.upper() }}", "{{ unclosed", "{{ 'x'|format(1) }}",
        "{{ 'a' ~ 'b' }}", "{{ (1, 2) }}",
    ],
)  # fmt: skip
def test_what_is_not_allowed(body: str) -> None:
    with pytest.raises(TemplateFault):
        render(message(body), "https://app.example.com")


def test_the_result_is_bounded() -> None:
    _, text = render(
        message("{{ recipient_name|replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa') }}"), ""
    )
    assert len(text) < 10_001
