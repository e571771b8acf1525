"""Whose each row is: every table in one room, tenant tables keyed and tied by their organization."""

from __future__ import annotations

from carebase.lint.catalogue.rule import Rule

RULES = (
    Rule(
        "table-in-one-room",
        "What a table is for, whose rows it holds and who may reach it is said in exactly one room.toml.",
        "Add `[tables.NAME]` with `belongs_to` to the room.toml of the table's room, and to no other.",
        """
        select 'relation', t.schema, t.name, '',
          case count(d.room) when 0 then 'is in no room.toml' else 'is in more than one room.toml: '
            || string_agg(d.room, ', ' order by d.room) end
        from relations as t left join declared as d using (schema, name)
        where t.relkind in ('r', 'p', 'f') and not t.relispartition
        group by t.schema, t.name
        having count(d.room) <> 1
        """,
    ),
    Rule(
        "declared-table-exists",
        "A room.toml that describes a table which is not there misleads the reader and the compiler.",
        "Remove the entry, or add the table.",
        """
        select 'room.toml', d.schema, d.name, d.room,
          'is in the room.toml of ' || d.room || ', but not in the database', d.schema || '.' || d.name
        from declared as d
        where not exists (select from tables as t where (t.schema, t.name) = (d.schema, d.name))
        """,
    ),
    Rule(
        "belongs-to-columns",
        "`belongs_to` and the columns say the same: an organization's row carries org_id, no other does.",
        "Add `org_id uuid not null`, or say in room.toml whom the rows belong to.",
        """
        select 'relation', t.schema, t.name, '',
          case when t.belongs_to = 'organization'
            then 'belongs to an organization, but has no column ' || t.tenant_column || ' uuid not null'
            else 'belongs to ' || case t.belongs_to when 'person' then 'a person' else 'nobody' end
              || ', but has a column org_id' end
        from tables as t
        where not t.relispartition and t.belongs_to is not null
          and case when t.belongs_to = 'organization'
            then not exists (select from columns as c where c.oid = t.oid and c.part = t.tenant_column
              and c.base_type = 'uuid' and c.attnotnull)
            else exists (select from columns as c where c.oid = t.oid and c.part = 'org_id') end
        """,
    ),
    Rule(
        "org-key-first",
        "org_id leads the primary key: the shape by which the schema can be partitioned and distributed.",
        "Make the primary key `(org_id, …)`.",
        """
        select 'relation', t.schema, t.name, '',
          'has a primary key that does not begin with ' || t.tenant_column
        from tables as t
        where t.belongs_to = 'organization' and not t.relispartition
          and not exists (
            select from pg_catalog.pg_constraint as k
            inner join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum = k.conkey[1]
            where k.conrelid = t.oid and k.contype = 'p' and a.attname = t.tenant_column
          )
        """,
    ),
    Rule(
        "org-unique-scoped",
        "A key that is unique across organizations tells one of them what another has.",
        "Begin the unique index with org_id.",
        """
        select 'relation', t.schema, t.name, '',
          'has the unique index ' || i.indexrelid::regclass || ' without ' || t.tenant_column
        from tables as t
        inner join pg_catalog.pg_index as i on i.indrelid = t.oid and i.indisunique
        where t.belongs_to = 'organization' and t.tenant_column <> 'id' and not t.relispartition
          and not exists (
            select from pg_catalog.pg_attribute as a
            where a.attrelid = t.oid and a.attnum = any (i.indkey::smallint[]) and a.attname = t.tenant_column
          )
        """,
    ),
    Rule(
        "org-foreign-key",
        "With org_id in the key no row can point into another organization, whatever code writes it.",
        "Make the foreign key `(org_id, …) references … (org_id, …)`.",
        """
        select 'constraint', schema, name, part, 'references ' || target || ' without the organization'
        from tenant_keys where not has_tenant
        """,
    ),
    Rule(
        "org-id-real",
        "An org_id that no foreign key holds can name an organization that does not exist.",
        "Add `foreign key (org_id) references public.organizations (id)`.",
        """
        select 'relation', t.schema, t.name, '', 'has no foreign key over ' || t.tenant_column
        from tables as t
        where t.belongs_to = 'organization' and t.tenant_column <> 'id' and not t.relispartition
          and not exists (select from tenant_keys as k where k.oid = t.oid and k.has_tenant and k.is_always)
        """,
    ),
    Rule(
        "owner-always",
        "Within an organization a row that is nobody's is seen and changed by nobody who asks for their own.",
        "Add `not null`.",
        """
        select 'column', schema, name, part, 'says whose the row is, and may be null'
        from columns
        where belongs_to = 'organization' and part = owner_column and not attnotnull
        """,
    ),
    Rule(
        "org-no-sequence",
        "A counter that all organizations share tells each how busy the others are, and does not distribute.",
        "Use `uuid default app.uuid_v7()`, or count per organization.",
        """
        select 'column', c.schema, c.name, c.part, 'is numbered by a global sequence'
        from columns as c
        where c.belongs_to = 'organization'
          and (c.attidentity <> '' or exists (
            select from pg_catalog.pg_attrdef as d
            where d.adrelid = c.oid and d.adnum = c.attnum
              and pg_catalog.pg_get_expr(d.adbin, d.adrelid) like '%nextval(%'
          ))
        """,
    ),
)
