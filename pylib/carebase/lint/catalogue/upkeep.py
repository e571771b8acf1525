"""Mutable tables keep their own record: standard columns, the stamp, triggers in a stated order."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

RULES = (
    Rule(
        "standard-columns",
        "Who made and changed a row, which version it is, whether it is deleted, is asked of every table.",
        "Add the column, or say `mutable = false` in the room.toml.",
        """
        select 'relation', t.schema, t.name, '',
          'lacks ' || string_agg(s.part || ' ' || s.wanted, ', ' order by s.place)
        from tables as t
        cross join (values
          (1, 'created_at', 'timestamptz', true, 'timestamptz not null'),
          (2, 'created_by', 'uuid', false, 'uuid'),
          (3, 'updated_at', 'timestamptz', true, 'timestamptz not null'),
          (4, 'updated_by', 'uuid', false, 'uuid'),
          (5, 'version', 'int4', true, 'integer not null'),
          (6, 'deleted_at', 'timestamptz', false, 'timestamptz')
        ) as s (place, part, type, is_required, wanted)
        where t.is_mutable and not t.relispartition
          and not exists (
            select from columns as c
            where c.oid = t.oid and c.part = s.part and c.base_type = s.type and c.attnotnull = s.is_required
          )
        group by t.schema, t.name
        """,
    ),
    Rule(
        "stamped",
        "The standard columns are the database's to set, whatever a client sends.",
        "Compile the room's matrix: it adds trigger _100_stamp.",
        """
        select 'relation', t.schema, t.name, '',
          'has no trigger before insert or update that runs app.stamp_row()'
        from tables as t
        where t.is_mutable and not t.relispartition
          and not exists (
            select from pg_catalog.pg_trigger as g
            where g.tgrelid = t.oid and g.tgfoid = to_regprocedure('app.stamp_row()')
              and g.tgtype & 1 = 1 and g.tgtype & 2 = 2 and g.tgtype & 4 = 4 and g.tgtype & 16 = 16
              and g.tgenabled <> 'D' and g.tgqual is null
          )
        """,
    ),
    Rule(
        "audited",
        "Every change of every table leaves an event; that one is missing is noticed by nobody.",
        "Compile the room's matrix: it adds trigger _800_audit.",
        """
        select 'relation', t.schema, t.name, '', 'leaves no event of every insert, update and delete'
        from tables as t
        where t.is_mutable and not t.relispartition
          and not exists (
            select from pg_catalog.pg_trigger as g
            where g.tgrelid = t.oid and g.tgfoid = to_regprocedure('app.audit_row()')
              and g.tgtype & 1 = 1 and g.tgtype & 2 = 0 and g.tgtype & 28 = 28
              and g.tgenabled <> 'D' and g.tgqual is null
          )
        """,
    ),
    Rule(
        "append-only",
        "A table that only grows refuses its owner, too: without the trigger nothing stops a migration. A "
        "partition inherits what is asked row by row, and not what is asked of TRUNCATE.",
        "Compile the room's matrix: it adds triggers _200_append_only and _200_append_only_truncate.",
        """
        select 'relation', t.schema, t.name, '', 'only grows, and does not refuse ' || event.name
        from tables as t
        cross join (
          values ('update', 16, 1), ('delete', 8, 1), ('truncate', 32, 0)
        ) as event (name, bit, per_row)
        left join pg_catalog.pg_inherits as i on i.inhrelid = t.oid and t.relispartition
        left join tables as whole on whole.oid = i.inhparent
        where coalesce(t.is_append_only, whole.is_append_only)
          and not exists (
            select from pg_catalog.pg_trigger as g
            where g.tgrelid = t.oid and g.tgfoid = to_regprocedure('app.refuse_change()')
              and g.tgtype & 2 = 2 and g.tgtype & 1 = event.per_row and g.tgtype & event.bit = event.bit
              and g.tgenabled <> 'D' and g.tgqual is null
          )
        """,
    ),
    Rule(
        "sealed",
        "What a sealed column is written with is sealed before the row is anywhere; whatever writes it.",
        "Compile the room's matrix: it adds trigger _300_seal.",
        """
        select 'relation', t.schema, t.name, '',
          'has sealed columns, and does not seal every insert and update'
        from tables as t
        where t.is_sealed
          and not exists (
            select
            from pg_catalog.pg_trigger as g
            where g.tgrelid = t.oid and g.tgfoid = to_regprocedure(format('app.seal_%s()', t.name))
              and g.tgtype & 1 = 1 and g.tgtype & 2 = 2 and g.tgtype & 20 = 20
              and g.tgenabled <> 'D' and g.tgqual is null and g.tgattr = ''
          )
        """,
    ),
    Rule(
        "broadcast",
        "Others who look at a row that several people edit learn that it changed.",
        "Compile the room's matrix: it adds trigger _900_broadcast.",
        """
        select 'relation', t.schema, t.name, '', 'is merged, and tells nobody of an update'
        from tables as t
        where t.is_merged
          and not exists (
            select from pg_catalog.pg_trigger as g
            where g.tgrelid = t.oid and g.tgfoid = to_regprocedure('app.broadcast_change()')
              and g.tgtype & 1 = 1 and g.tgtype & 2 = 0 and g.tgtype & 16 = 16
              and g.tgenabled <> 'D'
          )
        """,
    ),
    Rule(
        "trigger-named",
        "Triggers fire in the order of their names; the number is that order.",
        "Name it `_NNN_<task>`: 1xx stamps, 2xx guards, 3xx seals, 5xx derives, 8xx audits, 9xx notifies.",
        """
        select 'trigger', t.schema, t.name, g.tgname::text, 'is not named _NNN_<task>'
        from pg_catalog.pg_trigger as g
        inner join relations as t on t.oid = g.tgrelid and not t.relispartition
        where not g.tgisinternal and g.tgname !~ '^_[123589][0-9]{2}_[a-z][a-z0-9_]*$'
        """,
    ),
)
