-- An offer of a role to whoever reads mail at an address. Private: the RPCs show who was invited and never the hash,
-- and nobody but they writes it.
-- No stamp columns: what can happen to an invitation, happens once, and its own columns say when. It is never changed
-- otherwise, so that what was accepted is what was offered.
create table app.invitations (
  org_id uuid not null,
  id uuid not null default app.uuid_v7(),
  email text not null,
  role public.app_role not null,
  site_id uuid,
  token_hash bytea not null,
  invited_by uuid,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  constraint invitations_pkey primary key (org_id, id),
  constraint invitations_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint invitations_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- An invitation whose inviter is gone is backed by nobody and cannot be accepted any more.
  constraint invitations_invited_by_fkey foreign key (invited_by) references auth.users (id) on delete set null,
  constraint invitations_accepted_by_fkey foreign key (accepted_by) references auth.users (id) on delete set null,
  constraint invitations_email_form check (app.is_email(email) and email = lower(email)),
  constraint invitations_role_for_people check (role <> 'service'),
  constraint invitations_site_roles check (site_id is null or app.is_site_role(role)),
  constraint invitations_token_hash_length check (length(token_hash) = 32),
  constraint invitations_expires_within_30_days check (
    expires_at > invited_at and expires_at <= invited_at + interval '30 days'
  ),
  constraint invitations_accepted_or_revoked check (accepted_at is null or revoked_at is null)
);

-- One open offer of the same; inviting again after it expired closes it first.
create unique index invitations_open_key on app.invitations (
  org_id, email, role, coalesce(site_id, '00000000-0000-0000-0000-000000000000')
) where accepted_at is null and revoked_at is null;
create index invitations_token_hash_idx on app.invitations (token_hash);
create index invitations_site_id_idx on app.invitations (org_id, site_id);
create index invitations_invited_by_idx on app.invitations (invited_by);
create index invitations_accepted_by_idx on app.invitations (accepted_by);

comment on table app.invitations is 'Roles offered by e-mail: to whom, by whom, and what became of it.';
comment on column app.invitations.org_id is 'The organization that invites.';
comment on column app.invitations.id is 'Key within the organization.';
comment on column app.invitations.email is 'To whom: only a person with this verified address can accept. Lower case.';
comment on column app.invitations.role is 'The role that accepting gives.';
comment on column app.invitations.site_id is 'The one site it is limited to; null for the whole organization.';
comment on column app.invitations.token_hash is 'SHA-256 of the token, which was shown once.';
comment on column app.invitations.invited_by is 'Who invited (auth.users); null once that person is deleted.';
comment on column app.invitations.invited_at is 'When.';
comment on column app.invitations.expires_at is 'Until when it can be accepted, at most 30 days later.';
comment on column app.invitations.accepted_at is 'When it was accepted.';
comment on column app.invitations.accepted_by is 'By whom (auth.users); null once that person is deleted.';
comment on column app.invitations.revoked_at is 'When it was taken back, or replaced after it had expired.';
