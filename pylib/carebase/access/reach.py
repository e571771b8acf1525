"""Who reaches which rows of one table, as predicates: what policies and functions are made of."""

from __future__ import annotations

from dataclasses import dataclass

import jinja2

from carebase.access.predicates import Predicate, all_of, any_of
from carebase.access.source import Source
from carebase.access.vocabulary import Vocabulary
from carebase.db.rooms import Command, Room, Table

_ENVIRONMENT = jinja2.Environment(
    undefined=jinja2.StrictUndefined,
    autoescape=False,  # noqa: S701  SQL, not HTML; every name comes from our own files and is checked
)


@dataclass(frozen=True)
class Subject:
    """One table of a room with all that is known of it."""

    room: Room
    name: str
    table: Table
    source: Source
    vocabulary: Vocabulary

    @property
    def schema(self) -> str:
        return self.room.qualified(self.name)[0]

    @property
    def bare(self) -> str:
        return self.room.qualified(self.name)[1]

    def groups(self, command: Command) -> dict[str, list[str]]:
        """Scope → the personas and audiences that have it for `command`, in the order of the matrix."""
        found: dict[str, list[str]] = {}
        for who, cells in self.table.access.items():
            if command in cells:
                found.setdefault(cells[command], []).append(who)
        return found

    def tenant(self) -> Predicate:
        """Rows of the active organization, for a table that has them; `true` elsewhere."""
        if self.table.belongs_to != "organization":
            return "true"
        return f"{self.table.tenant_column} = (select app.current_org())"

    def floor(self) -> Predicate:
        """What nothing, now or later, can open: the tenant, or the person and who knows them."""
        if self.table.belongs_to == "person":
            return any_of([self._rows(scope, []) for scope in ("own", *self._related())])
        return self.tenant()

    def visible(self) -> Predicate:
        """Rows that were not removed."""
        return "deleted_at is null" if "deleted_at" in self.source.columns else "true"

    def reach(
        self, scope: str, who: list[str], *, beside_others: bool = False, to_read: bool = False
    ) -> Predicate:
        """The rows of `scope` for these personas and audiences, and for nobody else.

        Args:
            scope: the scope.
            who: personas and audiences.
            beside_others: it will be one of several alternatives. Who asks is then asked as "in which
                organization", so that each alternative is found by its own index and one that is not for the
                caller costs nothing. Own rows are few, and found by their owner: a second condition on the
                organization would make the planner believe that any index of the organization is as good.
            to_read: for a policy of reading.
        """
        rows = self._rows(scope, who, to_read=to_read)
        if self.vocabulary.scopes[scope].names_roles:
            return rows
        return all_of([self._belongs(who, as_organization=beside_others and scope != "own"), rows])

    def _related(self) -> list[str]:
        return ["related"] if self.table.link else []

    def _rows(self, scope: str, who: list[str], *, to_read: bool = False) -> str:
        word = self.vocabulary.scopes[scope]
        return _ENVIRONMENT.from_string((to_read and word.select) or word.sql).render(
            owner=self.table.owner_column,
            site=self.table.site_column,
            resident=self.table.resident_column,
            topic=self.table.topic,
            link=self.table.link,
            table=f"{self.schema}.{self.bare}",
            roles=_quoted(self.vocabulary.expand(who)),
        )

    def _belongs(self, who: list[str], *, as_organization: bool) -> Predicate:
        is_tenant = self.table.belongs_to == "organization"
        if is_tenant and "member" in who:
            return "true"  # the tenant predicate says the same
        audiences = self.vocabulary.audiences
        parts: list[Predicate] = [audiences[word].sql for word in who if word in audiences]
        if roles := [word for word in who if word in self.vocabulary.personas]:
            if is_tenant and as_organization:
                parts.append(f"{self.table.tenant_column} = (select app.org_as({_quoted(roles)}))")
            else:
                parts.append(f"(select app.has_role({_quoted(roles)}))")
        return any_of(parts)


def _quoted(roles: list[str]) -> str:
    return ", ".join(f"'{role}'" for role in roles)
