"""What a worker is told: by its command's options, else by the environment (`CAREBASE_WORKER_…`)."""

from __future__ import annotations

import ipaddress

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class WorkerSettings(BaseSettings):
    """How a worker works.

    Example:
        >>> WorkerSettings(batch_size=100).max_in_flight
        4000
    """

    model_config = SettingsConfigDict(env_prefix="CAREBASE_WORKER_", env_ignore_empty=True, frozen=True)

    batch_size: int = Field(default=1000, ge=1, le=10000, description="Messages claimed at once.")
    max_in_flight: int = Field(default=4000, ge=1, le=100000, description="Messages in the worker's hands.")
    poll_seconds: float = Field(default=0.25, gt=0, le=60, description="Pause when nothing is due.")
    lease_seconds: float = Field(
        default=60.0, ge=1, le=3600, description="A dead worker's messages wait so long."
    )
    sweep_seconds: float = Field(
        default=1.0, gt=0, le=600, description="How often at most to look from the beginning."
    )
    timeout_seconds: float = Field(
        default=15.0, gt=0, le=300, description="For one exchange with a receiver."
    )
    grace_seconds: float = Field(
        default=30.0, ge=0, le=600, description="For what is under way when told to stop."
    )
    concurrency: int = Field(default=100, ge=1, le=1000, description="Exchanges at the same time.")
    allow_networks: tuple[str, ...] = Field(
        default=(), description="Private networks that messages may go to, as CIDR, in a JSON list."
    )
    app_url: str = Field(default="http://127.0.0.1:3000", description="Where the links in messages lead.")
    resend_url: str = Field(default="https://api.resend.com", description="Resend's API.")
    twilio_url: str = Field(default="https://api.twilio.com", description="Twilio's API.")

    @field_validator("allow_networks")
    @classmethod
    def _networks(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ipaddress.ip_network(network)) for network in given)
