"""Which roles and schemas are Supabase's and which are ours."""

from __future__ import annotations

OWNER = "postgres"
"""Owner of everything of ours, on hosted Supabase too; migrations run as this role."""

API_ROLES = ("anon", "authenticated", "service_role")
"""Whom hosted Supabase grants everything new in `public`, unless a migration takes it back."""

HISTORY_SCHEMA = "supabase_migrations"

PLATFORM_SCHEMAS = (
    "_analytics",
    "_realtime",
    "_supavisor",
    "auth",
    "cron",
    "etl",
    "extensions",
    "graphql",
    "graphql_public",
    "information_schema",
    "net",
    "pgbouncer",
    "pgmq",
    "pgmq_public",
    "pgsodium",
    "pgsodium_masks",
    "pgtle",
    "realtime",
    "storage",
    "supabase_functions",
    HISTORY_SCHEMA,
    "vault",
)
"""Never ours: not in `sql/`, not in a migration, not in a comparison. Every other schema is ours."""

POLICY_SCHEMAS = ("storage", "realtime")
"""Platform schemas on whose tables Supabase expects us to write policies."""

PLATFORM_ROLES = (
    "authenticator",
    "cli_login_postgres",
    "dashboard_user",
    "pgbouncer",
    "pgsodium_keyholder",
    "pgsodium_keyiduser",
    "pgsodium_keymaker",
    "pgtle_admin",
    "supabase_admin",
    "supabase_auth_admin",
    "supabase_etl_admin",
    "supabase_functions_admin",
    "supabase_privileged_role",
    "supabase_read_only_user",
    "supabase_realtime_admin",
    "supabase_replication_admin",
    "supabase_storage_admin",
    "supabase_superuser",
)
"""Roles that Supabase runs itself with. What it grants them is its own business and never compared."""

ASKING_ROLES = ("supabase_auth_admin",)
"""Of those, whom we grant something: the auth layer asks our hooks. That is compared, and migrated."""
