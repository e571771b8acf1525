-- Who may touch the auth tables: their owner, and postgres, which on hosted Supabase may read them and pass
-- that right on, write them, refer to them, and hang triggers on them. The API roles may not.

grant select on all tables in schema auth to postgres with grant option;
grant insert, update, delete, truncate, references, trigger on all tables in schema auth to postgres;

alter table auth.users enable row level security;
alter table auth.identities enable row level security;
alter table auth.sessions enable row level security;
alter table auth.refresh_tokens enable row level security;
alter table auth.flow_state enable row level security;
alter table auth.audit_log_entries enable row level security;
