"""Templates of organizations, in Jinja's sandbox and in less than that: values, conditions, a few filters.

No loops, calls, attributes or arithmetic: a template can neither reach an object nor keep a worker busy.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from carebase_jobs.outbox.message import Message

_FILTERS = frozenset({"capitalize", "default", "lower", "replace", "title", "truncate", "trim", "upper"})
_TESTS = frozenset({"defined", "undefined", "none", "true", "false"})
_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test, nodes.Keyword,
)  # fmt: skip
_LONGEST = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


class TemplateFault(Exception):
    """A template that cannot be rendered; its text says why in a code, and nothing of the values."""


def render(message: Message, app_url: str) -> tuple[str, str]:
    """Subject and text of a message.

    Args:
        message: what to render.
        app_url: where the application is; links in the payload are paths within it.

    Raises:
        TemplateFault: it is not ours to send like this.

    Example:
        >>> render(message, "https://app.example.com")  # doctest: +SKIP
        ('A task is overdue', 'Nadia, see https://app.example.com/tasks/1')
    """
    values = {
        **{key: _value(value, app_url) for key, value in message.payload.items()},
        "recipient_name": _one_line(message.recipient_name or ""),
        "organization_name": _one_line(message.organization_name),
    }
    try:
        subject = _compiled(message.subject or "").render(values)
        text = _compiled(message.body).render(values)
    except TemplateError as error:
        raise TemplateFault(type(error).__name__) from None
    return _one_line(subject)[:200], _CONTROL.sub(" ", text)[:_LONGEST]


def _value(value: object, app_url: str) -> object:
    # Only a link begins like this: the database lets no other kind.
    return app_url.rstrip("/") + value if isinstance(value, str) and value.startswith("/") else value


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


@lru_cache(maxsize=2000)
def _compiled(source: str) -> Template:
    tree = _ENVIRONMENT.parse(source)
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _NODES):
            raise TemplateFault(f"not_allowed {type(node).__name__}")
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise TemplateFault(f"not_allowed filter {node.name}")
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            raise TemplateFault(f"not_allowed test {node.name}")
    return _ENVIRONMENT.from_string(source)
