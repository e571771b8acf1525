-- One row per session of the auth layer, and in it what its holder may reach now: the one row that a request reads
-- to know who is asking. Derived, so that a request costs one look-up by key; triggers on sessions, roles, profiles
-- and organizations keep it, in the transaction of the change, so that a revoked role acts on the next request.
-- Automatic logoff (45 CFR 164.312(a)(2)(iii)) is enforced here: a session idle or old beyond its organization's
-- limits reaches nothing, whatever its token says.
-- No stamp columns: no person writes it. A session that ends is deleted, and its row with it.
create table public.user_sessions (
  id uuid not null,
  user_id uuid not null,
  active_org_id uuid,
  aal text not null default 'aal1',
  user_agent text,
  started_at timestamptz not null,
  idle_limit interval not null default '1 hour',
  ends_at timestamptz not null,
  roles public.app_role[] not null default '{}',
  role_sites jsonb not null default '{}',
  time_zone public.time_zone,
  needs_mfa boolean not null default false,
  resolved_at timestamptz not null,
  stale_at timestamptz,
  constraint user_sessions_pkey primary key (id),
  constraint user_sessions_id_fkey foreign key (id) references auth.sessions (id) on delete cascade,
  constraint user_sessions_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint user_sessions_active_org_id_fkey foreign key (active_org_id) references public.organizations (id),
  constraint user_sessions_user_agent_short check (length(user_agent) <= 300),
  constraint user_sessions_aal_known check (aal in ('aal1', 'aal2', 'aal3'))
);

create index user_sessions_user_id_idx on public.user_sessions (user_id);
create index user_sessions_active_org_id_idx on public.user_sessions (active_org_id);

-- Hosted Supabase allows triggers on this table of the auth layer, but only its owner may drop one: undoing means
-- dropping the function with cascade.
create trigger carebase_500_reach
after insert or update of aal on auth.sessions
for each row execute function app.follow_session();

comment on table public.user_sessions is
'Live sessions: which organization is active in each, and what its holder may reach there.';
comment on column public.user_sessions.id is 'The session of the auth layer (claim session_id).';
comment on column public.user_sessions.user_id is 'Who signed in.';
comment on column public.user_sessions.active_org_id is
'The active organization; stays until switched, null while the person has never had a role.';
comment on column public.user_sessions.aal is 'How strongly it is authenticated: aal2 after a second factor.';
comment on column public.user_sessions.user_agent is
'The browser or device that it began on, so that its holder knows it again.';
comment on column public.user_sessions.started_at is 'When the person signed in.';
comment on column public.user_sessions.idle_limit is 'The organization''s limit between two signs of life.';
comment on column public.user_sessions.ends_at is 'When it ends, however busy.';
comment on column public.user_sessions.roles is 'Roles that hold now in the active organization.';
comment on column public.user_sessions.role_sites is
'Role to the sites it is limited to; null for a role held in the whole organization.';
comment on column public.user_sessions.time_zone is 'Of the active organization.';
comment on column public.user_sessions.needs_mfa is 'One of the roles is refused below aal2.';
comment on column public.user_sessions.resolved_at is 'From when on the resolved columns hold.';
comment on column public.user_sessions.stale_at is
'When they must be resolved anew: the next moment at which a role begins or ends; null without one.';
