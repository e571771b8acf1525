"""E-mail by SMTP: one connection per mail, in a thread, to an address that was checked."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.message import EmailMessage
from typing import Any, cast

from carebase_jobs.outbox.mail import compose
from carebase_jobs.outbox.message import SENT, Message, Outcome, failed
from carebase_jobs.outbox.render import TemplateFault
from carebase_jobs.outbox.targets import TargetRefused, Targets


class _Smtp(smtplib.SMTP):
    """Connects to the address that was checked; the name is for TLS only."""

    def __init__(self, host: str, address: str, port: int, timeout: float) -> None:
        self._address = address
        super().__init__(host, port, local_hostname="carebase.invalid", timeout=timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection((self._address, port), timeout)


class _SmtpTls(_Smtp):
    """The same, in TLS from the first byte."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = super()._get_socket(host, port, timeout)
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


class Smtp:
    """Sends mail through the server that the organization names.

    Args:
        targets: which addresses are allowed.
        secret_of: gives the password of an integration.
        app_url: where links lead to.
        timeout: seconds for each step of the exchange.
    """

    is_instant = False

    def __init__(
        self,
        targets: Targets,
        secret_of: Callable[[str], Awaitable[str]],
        app_url: str,
        timeout: float = 15.0,
        threads: int = 16,
    ) -> None:
        self._targets = targets
        self._secret_of = secret_of
        self._app_url = app_url
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="smtp")

    async def deliver(self, message: Message) -> Outcome:
        """Send one mail. Its Message-ID is the message's id, so that a second copy can be told."""
        settings = message.integration_settings or {}
        try:
            mail = compose(message, str(settings["from"]), self._app_url)
            address = await self._targets.resolve(str(settings["host"]), int(settings["port"]))
        except TemplateFault as fault:
            return failed("template_fault", str(fault), is_final=True)
        except TargetRefused as refused:
            return failed(str(refused))
        username = settings.get("username")
        password = await self._secret_of(message.integration_id or "") if username else None
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._send, settings, address, username, password, mail
        )

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _send(
        self,
        settings: dict[str, Any],
        address: str,
        username: str | None,
        password: str | None,
        mail: EmailMessage,
    ) -> Outcome:
        kind = _SmtpTls if settings["security"] == "tls" else _Smtp
        try:
            server = kind(str(settings["host"]), address, int(settings["port"]), self._timeout)
            try:
                if settings["security"] == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if username:
                    server.login(username, cast("str", password))
                server.send_message(mail)
                # It has the mail now: how the good-bye goes changes nothing.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
            finally:
                server.close()
        except smtplib.SMTPRecipientsRefused as error:
            code = min(code for code, _ in error.recipients.values())
            return failed(f"smtp_{code}", "recipient refused", is_final=code >= 500)
        except smtplib.SMTPAuthenticationError as error:
            return failed(f"smtp_{error.smtp_code}", "login refused")
        except smtplib.SMTPResponseException as error:
            return failed(f"smtp_{error.smtp_code}", is_final=error.smtp_code >= 500)
        except TimeoutError:
            return failed("timeout", f"no answer in {self._timeout:g} s")
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            # smtplib turns a time-out while it reads into a lost connection.
            if isinstance(error.__context__, TimeoutError):
                return failed("timeout", f"no answer in {self._timeout:g} s")
            return failed("connection_failed", type(error).__name__)
        return SENT
