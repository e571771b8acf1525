"""What this installation keeps for itself: its ports and its secrets, made at random once, in a 0600 file."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_serializer

from carebase.problems import EnvironmentProblem
from carebase.project import Project
from carebase.stack import places, platform, ports
from carebase.stack.datafolder import SUPERUSER
from carebase.stack.failures import explain_os_errors

if TYPE_CHECKING:
    from carebase.stack.server import PostgresServer

# Easy to remember: those of Supabase's own local stack less thirty thousand (see `ports`); another free one
# where these are taken.
_DB_PORT = 24322
_API_PORT = 24321
_RESET = "Run `carebase reset` to make a new one (this removes the local database)."


def _secret(prefix: str = "") -> SecretStr:
    return SecretStr(prefix + secrets.token_urlsafe(32))


class StackState(BaseModel):
    """Ports, keys and passwords of the local stack of one checkout.

    Example:
        >>> StackState.load(Project.find()).api_url
        'http://127.0.0.1:24321'
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)  # inputs are secrets

    db_port: int
    api_port: int
    is_settled: bool = False
    """Whether the stack ever ran on these ports; until then others may be chosen without anybody noticing."""
    jwt_key: SecretStr = Field(default_factory=_secret)
    publishable: SecretStr = Field(default_factory=lambda: _secret("sb_publishable_"))
    secret: SecretStr = Field(default_factory=lambda: _secret("sb_secret_"))
    passwords: dict[str, SecretStr] = Field(
        default_factory=lambda: {role: _secret() for role in (SUPERUSER, *platform.LOGIN_ROLES)}
    )

    @property
    def db_url(self) -> str:
        """The local database as role `postgres`, the owner of everything of ours; holds its password."""
        return self.url_for("postgres")

    @property
    def admin_url(self) -> str:
        """The local database as its superuser; holds the password."""
        return self.url_for(SUPERUSER)

    @property
    def api_url(self) -> str:
        return f"http://{ports.LOOPBACK}:{self.api_port}"

    @property
    def console_url(self) -> str:
        return f"{self.api_url}/console/"

    @property
    def publishable_key(self) -> str:
        """The API key that clients ship with: role `anon` until somebody signs in."""
        return self.publishable.get_secret_value()

    @property
    def secret_key(self) -> str:
        """The API key of trusted servers: role `service_role`, past every policy."""
        return self.secret.get_secret_value()

    @property
    def jwt_secret(self) -> str:
        """What access tokens are signed with (HS256)."""
        return self.jwt_key.get_secret_value()

    def password(self, role: str) -> str:
        """The login password of a role of the local server."""
        return self.passwords[role].get_secret_value()

    def url_for(self, role: str, database: str = "postgres") -> str:
        """Connection URL of the local server as `role`, password included."""
        password = quote(self.password(role), safe="")
        return f"postgresql://{role}:{password}@{ports.LOOPBACK}:{self.db_port}/{quote(database, safe='')}"

    @field_serializer("jwt_key", "publishable", "secret", when_used="json")
    def _reveal(self, value: SecretStr) -> str:
        return value.get_secret_value()

    @field_serializer("passwords", when_used="json")
    def _reveal_all(self, value: dict[str, SecretStr]) -> dict[str, str]:
        return {role: password.get_secret_value() for role, password in value.items()}

    @staticmethod
    def path(project: Project) -> Path:
        return project.state / "stack.json"

    @classmethod
    def exists(cls, project: Project) -> bool:
        """Whether this checkout ever had a local stack."""
        return cls.path(project).exists()

    @classmethod
    def new(cls, *, db_port: int | None = None, api_port: int | None = None) -> StackState:
        """Fresh secrets, and the ports asked for or free ones. Nothing is saved yet."""
        return cls(
            db_port=db_port or ports.free_port(_DB_PORT),
            api_port=api_port or ports.free_port(_API_PORT),
        )

    @classmethod
    def beside(cls, server: PostgresServer) -> StackState:
        """What a gateway beside a throw-away server needs: fresh keys, a free port. Nothing is saved yet."""
        roles = (SUPERUSER, *platform.LOGIN_ROLES)
        passwords = {role: SecretStr(server.password(role)) for role in roles}
        return cls(db_port=server.port, api_port=ports.free_port(), passwords=passwords)

    @classmethod
    def load(cls, project: Project) -> StackState:
        """The state of this checkout's stack.

        Raises:
            EnvironmentProblem: there is none yet, it is not ours to read, or it is damaged.
        """
        path = cls.path(project)
        try:
            return cls.model_validate(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise EnvironmentProblem(
                "stack_not_set_up",
                f"There is no local stack in {project.root} yet.",
                hint="Run `carebase up` first, or name a database with --db-url or CAREBASE_DB_URL.",
            ) from None
        except PermissionError as error:
            raise EnvironmentProblem(
                "state_not_readable",
                f"The local stack's file {path} belongs to another user.",
                hint="Use the account that started the stack, or another checkout.",
            ) from error
        except (ValueError, ValidationError) as error:
            raise EnvironmentProblem(
                "state_damaged", f"The local stack's file {path} is damaged.", hint=_RESET
            ) from error

    def save(self, project: Project) -> None:
        """Write the state, readable by its owner only, all of it or nothing."""
        folder = places.state_home(project)
        with explain_os_errors(folder):
            descriptor, name = tempfile.mkstemp(dir=folder, prefix="stack-")  # made 0600
            try:
                with open(descriptor, "w", encoding="utf-8") as file:
                    file.write(self.model_dump_json(indent=2))
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(name, self.path(project))
            except BaseException:
                os.unlink(name)
                raise
