create function app.complaint_policy(
  p_org_id uuid, p_site_id uuid, out acknowledge_working_days integer, out respond_days integer
)
language sql stable
set search_path = ''
as $$
  select coalesce(own.acknowledge_working_days, 3), coalesce(own.respond_days, 28)
  from (select 1) as one
  left join lateral (
    select policies.* from public.complaint_policies as policies
    where
      policies.org_id = p_org_id and (policies.site_id = p_site_id or policies.site_id is null)
      and policies.deleted_at is null
    order by policies.site_id nulls last
    limit 1
  ) as own on true
$$;

comment on function app.complaint_policy(uuid, uuid) is
'How soon complaints about a site are acknowledged and answered: its own policy, else the organization''s, else three
working days and 28 days.';

create function app.is_evidence(
  p_org_id uuid, p_site_id uuid, p_kind public.evidence_kind, p_evidence_id uuid
) returns boolean
language sql stable
set search_path = ''
as $$
  select case p_kind
    when 'incident' then exists (
      select from public.incidents as found
      where
        found.org_id = p_org_id and found.id = p_evidence_id and found.site_id = p_site_id
        and found.deleted_at is null
    )
    when 'complaint' then exists (
      select from public.complaints as found
      where
        found.org_id = p_org_id and found.id = p_evidence_id and found.site_id = p_site_id
        and found.deleted_at is null
    )
    when 'quality_audit' then exists (
      select from public.quality_audits as found
      where
        found.org_id = p_org_id and found.id = p_evidence_id and found.site_id = p_site_id
        and found.deleted_at is null
    )
    else exists (
      select from public.quality_audit_actions as found
      where
        found.org_id = p_org_id and found.id = p_evidence_id and found.site_id = p_site_id
        and found.deleted_at is null
    )
  end
$$;

comment on function app.is_evidence(uuid, uuid, public.evidence_kind, uuid) is
'Whether there is such a thing of this kind at this site.';

revoke all on function app.complaint_policy(uuid, uuid) from public;
revoke all on function app.is_evidence(uuid, uuid, public.evidence_kind, uuid) from public;
