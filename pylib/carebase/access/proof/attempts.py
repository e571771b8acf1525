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
# resolved for the actor is undone with it, so that every attempt is a request of its own. A query gives one
# array of text; p_look asks for another, as the owner again, before everything is undone.
_FUNCTION = """
create function pg_temp.attempt(
  p_role text, p_claims text, p_statement text, p_is_query boolean, p_look text,
  out code text, out said text, out seen text[], out looked text[]
)
language plpgsql as $$
declare
  v_message text;
  v_detail text;
  v_hint text;
begin
  begin
    perform set_config('request.jwt.claims', p_claims, true), set_config('role', p_role, true);
    if p_is_query then
      execute p_statement into seen;
    else
      execute p_statement;
    end if;
    set constraints all immediate;
    if p_look is not null then
      perform set_config('role', 'none', true), set_config('request.jwt.claims', '', true);
      execute p_look into looked;
    end if;
    raise sqlstate 'UNDO1';
  exception
    when sqlstate 'UNDO1' then null;
    when others then
      get stacked diagnostics
        code = returned_sqlstate, v_message = message_text, v_detail = pg_exception_detail,
        v_hint = pg_exception_hint;
      seen := null;
      looked := null;
      said := concat_ws(' | ', v_message, nullif(v_detail, ''), nullif(v_hint, ''));
      if code = 'PGRST' then
        code := v_message::jsonb ->> 'code';
      end if;
  end;
end
$$
"""


@dataclass(frozen=True)
class Answer:
    """How an attempt ended.

    Args:
        code: the stable code it was refused or stopped with; None if it was not.
        said: message, detail and hint beside the code.
        seen: what the query gave.
        looked: what the look found.
    """

    code: str | None
    said: str | None
    seen: frozenset[str]
    looked: frozenset[str]

    @property
    def is_refused(self) -> bool:
        """Refused for want of access, rather than stopped by something else."""
        return self.code in REFUSALS


def prepare(conn: Connection) -> None:
    """Make the function that attempts run in; it ends with the session."""
    conn.execute(_FUNCTION.encode())
    conn.execute("grant execute on function pg_temp.attempt to public")


def query(conn: Connection, actor: Actor, statement: str, look: str | None = None) -> Answer:
    """Ask for one array of text as somebody, and undo whatever the asking did.

    Args:
        conn: in a transaction, as the owner of the database, after `prepare`.
        actor: who asks.
        statement: the question.
        look: another question for an array of text, asked by the owner before it is undone.
    """
    return _attempt(conn, actor, statement, look, is_query=True)


def execute(conn: Connection, actor: Actor, statement: str, look: str | None = None) -> Answer:
    """Run a statement that gives nothing as somebody, and undo it; as `query` otherwise."""
    return _attempt(conn, actor, statement, look, is_query=False)


def _attempt(conn: Connection, actor: Actor, statement: str, look: str | None, *, is_query: bool) -> Answer:
    [(code, said, seen, looked)] = conn.execute(
        "select code, said, seen, looked from pg_temp.attempt(%s, %s, %s, %s, %s)",
        [actor.database_role, actor.claims, statement, is_query, look],
    ).fetchall()
    return Answer(code, said, _texts(seen), _texts(looked))


def _texts(values: list[str | None] | None) -> frozenset[str]:
    return frozenset(value for value in values or () if value is not None)
