-- How many people of a site and role need a course or check and have it, kept by triggers as of a day: what a dashboard
-- reads instead of counting. Who holds a role for the whole organization is counted in a line without a site and in no
-- site's. A job counts anew each night, because days pass without anybody writing anything.
create table public.compliance_stats (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid,
  role public.app_role not null,
  code text not null,
  counted_on date not null,
  required_count integer not null,
  compliant_count integer not null,
  expiring_count integer not null,
  expired_count integer not null,
  constraint compliance_stats_pkey primary key (org_id, id),
  constraint compliance_stats_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint compliance_stats_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint compliance_stats_code_length check (length(code) between 1 and 63),
  constraint compliance_stats_counts_add_up check (
    expiring_count >= 0 and expired_count >= 0 and compliant_count >= expiring_count
    and required_count >= compliant_count + expired_count and required_count > 0
  )
);

create unique index compliance_stats_line_key
on public.compliance_stats (org_id, site_id, role, code) nulls not distinct;

-- Who works where changes the figures as much as what they have done.
create trigger _510_compliance_insert
after insert on public.role_assignments
referencing new table as new_rows
for each statement execute function app.follow_posts();

create trigger _510_compliance_update
after update on public.role_assignments
referencing old table as old_rows new table as new_rows
for each statement execute function app.follow_posts();

create trigger _510_compliance_delete
after delete on public.role_assignments
referencing old table as old_rows
for each statement execute function app.follow_posts();

create trigger _510_compliance_insert
after insert on public.staff_members
referencing new table as new_rows
for each statement execute function app.follow_staff();

create trigger _510_compliance_update
after update on public.staff_members
referencing old table as old_rows new table as new_rows
for each statement execute function app.follow_staff();

create trigger _510_compliance_delete
after delete on public.staff_members
referencing old table as old_rows
for each statement execute function app.follow_staff();

comment on table public.compliance_stats is 'Figures of required training and checks, by site and role.';
comment on column public.compliance_stats.org_id is 'The organization.';
comment on column public.compliance_stats.id is 'Key within the organization.';
comment on column public.compliance_stats.site_id is
'The site at which the role is held; null: in the whole organization.';
comment on column public.compliance_stats.role is 'The role of those who are counted.';
comment on column public.compliance_stats.code is 'Code of the course, or kind of the check.';
comment on column public.compliance_stats.counted_on is 'The day that the figures are of, where the organization is.';
comment on column public.compliance_stats.required_count is 'How many people need it.';
comment on column public.compliance_stats.compliant_count is
'How many of them have it, those whose is about to expire included.';
comment on column public.compliance_stats.expiring_count is 'How many of those who have it will not in 30 days.';
comment on column public.compliance_stats.expired_count is 'How many had it and no longer do.';
