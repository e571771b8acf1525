"""Trying something as somebody, and undoing it: one round trip, one subtransaction."""

from __future__ import annotations

from dataclasses import dataclass

from carebase.access.proof.meaning import Actor
from carebase.db.connect import Connection

# Codes with which access is refused, ours and Postgres' own; whatever else stops somebody does so too late.
REFUSALS = frozenset(
    (
        "42501",
        "permission_denied",
        "not_authenticated",
        "session_expired",
        "mfa_required",
        "feature_disabled",
    )
)

# Runs as the caller of the proof and becomes the actor within, as the gateway does for a request; what was
# resolved for the actor is undone with it, so that every attempt is a request of its own. p_look asks, as the
# owner again, what the statement has changed; without it, the statement itself has one text array to give.
_FUNCTION = """
create function pg_temp.attempt(
  p_role text, p_claims text, p_statement text, p_look text, out code text, out said text, out seen text[]
)
language plpgsql as $$
declare
  v_message text;
  v_detail text;
  v_hint text;
begin
  perform set_config('request.jwt.claims', p_claims, true), set_config('role', p_role, true);
  if p_look is null then
    execute p_statement into seen;
  else
    execute p_statement;
    set constraints all immediate;
    perform set_config('role', 'none', true), set_config('request.jwt.claims', '', true);
    execute p_look into seen;
  end if;
  raise sqlstate 'UNDO1';
exception
  when sqlstate 'UNDO1' then null;
  when others then
    get stacked diagnostics
      code = returned_sqlstate, v_message = message_text, v_detail = pg_exception_detail,
      v_hint = pg_exception_hint;
    seen := null;
    said := concat_ws(' | ', v_message, nullif(v_detail, ''), nullif(v_hint, ''));
    if code = 'PGRST' then
      code := v_message::jsonb ->> 'code';
    end if;
end
$$
"""


@dataclass(frozen=True)
class Answer:
    """How an attempt ended.

    Args:
        code: the stable code it was refused or stopped with; None if it was not.
        said: message, detail and hint beside the code.
        seen: what the statement gave, or what the look found.
    """

    code: str | None
    said: str | None
    seen: frozenset[str]

    @property
    def is_refused(self) -> bool:
        """Refused for want of access, rather than stopped by something else."""
        return self.code in REFUSALS


def prepare(conn: Connection) -> None:
    """Make the function that attempts run in; it ends with the session."""
    conn.execute(_FUNCTION.encode())
    conn.execute("grant execute on function pg_temp.attempt(text, text, text, text) to public")


def attempt(conn: Connection, actor: Actor, statement: str, look: str | None = None) -> Answer:
    """Run one statement as somebody, see what came of it, and undo it.

    Args:
        conn: in a transaction, as the owner of the database, after `prepare`.
        actor: who tries.
        statement: what; without `look` it yields one array of text.
        look: a query for one array of text, run as the owner before the statement is undone.
    """
    [(code, said, seen)] = conn.execute(
        "select code, said, seen from pg_temp.attempt(%s, %s, %s, %s)",
        [actor.database_role, actor.claims, statement, look],
    ).fetchall()
    return Answer(code, said, frozenset(text for text in seen or () if text is not None))
