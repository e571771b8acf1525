-- One line is one person for a shift; or, without a person, how many places of it stay open and which rule keeps how
-- many people from them.
create table public.rota_proposal_lines (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  proposal_id uuid not null,
  site_id uuid not null,
  shift_id uuid not null,
  assignee_id uuid,
  open_count smallint not null default 0,
  refusals jsonb not null default '{}',
  constraint rota_proposal_lines_pkey primary key (org_id, id),
  constraint rota_proposal_lines_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint rota_proposal_lines_proposal_fkey foreign key (org_id, site_id, proposal_id)
  references public.rota_proposals (org_id, site_id, id),
  constraint rota_proposal_lines_shift_fkey foreign key (org_id, site_id, shift_id)
  references public.shifts (org_id, site_id, id),
  constraint rota_proposal_lines_assignee_fkey foreign key (org_id, assignee_id)
  references public.staff_members (org_id, user_id),
  constraint rota_proposal_lines_either check ((assignee_id is null) = (open_count > 0)),
  constraint rota_proposal_lines_refusals_small check (app.check_json(refusals, 1000, 1))
);

create unique index rota_proposal_lines_once_key
on public.rota_proposal_lines (org_id, proposal_id, shift_id, assignee_id);
create index rota_proposal_lines_proposal_idx on public.rota_proposal_lines (org_id, site_id, proposal_id);
create index rota_proposal_lines_shift_idx on public.rota_proposal_lines (org_id, site_id, shift_id);
create index rota_proposal_lines_assignee_idx on public.rota_proposal_lines (org_id, assignee_id);

comment on table public.rota_proposal_lines is
'Lines of a proposal: who could work a shift, and what stays open and why.';
comment on column public.rota_proposal_lines.org_id is 'The organization of the site.';
comment on column public.rota_proposal_lines.id is 'Key within the organization.';
comment on column public.rota_proposal_lines.proposal_id is 'The proposal.';
comment on column public.rota_proposal_lines.site_id is 'The site.';
comment on column public.rota_proposal_lines.shift_id is 'The shift.';
comment on column public.rota_proposal_lines.assignee_id is
'Who could work it (a member of staff); null for what stays open.';
comment on column public.rota_proposal_lines.open_count is
'How many places stay open; 0 where the line names somebody.';
comment on column public.rota_proposal_lines.refusals is
'For what stays open: how many people each rule excludes, by the names of assignment_refusal; somebody may be counted
under several.';
