-- What helpers see of cases. SECURITY DEFINER because a case is its person's own row; require_role is the
-- authorization, the active organization the bound, and the person's consent is asked anew for each row.
--
-- Which cases those are is said once, in SQL that is bound when it is made, so that the planner puts it in the place of
-- the call and looks consents up by their index. It is app.consent_level(), for many people at once.
create function app.shown_interventions(p_org_id uuid) returns table (id uuid)
language sql stable
begin atomic
  select cases.id
  from (
    select
      id,
      org_id,
      user_id,
      shared_at,
      is_unnamed
    from public.provider_interventions
    where org_id = p_org_id
  ) as cases
  left join public.provider_consents as consents
    on cases.org_id = consents.org_id and cases.user_id = consents.user_id and consents.withdrawn_at is null
  where
    (consents.level = 'may_be_contacted' and not cases.is_unnamed)
    -- Asking for help takes no consent but the one given with it; whoever ends all of their part ends that, too.
    or (cases.shared_at is not null and consents.level is not null)
    or (
      cases.shared_at is not null
      and not exists (
        select from public.provider_consents as ended
        where
          ended.org_id = cases.org_id and ended.user_id = cases.user_id
          and ended.withdrawn_at >= cases.shared_at
      )
    );
end;

comment on function app.shown_interventions(uuid) is
'The cases of an organization that helpers may see now: their person may be contacted and did not ask to stay unnamed, or
made themselves known for this one.';

create function app.list_interventions(
  p_status public.intervention_status, p_purpose public.access_purpose, p_limit integer, p_before uuid
) returns setof public.provider_interventions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_statuses constant public.intervention_status[] := case
    when p_status is null then '{proposed,open,in_progress}'::public.intervention_status[] else array[p_status]
  end;
  v_score numeric;
  v_people uuid[] := '{}';
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  v_org_id := app.current_org();
  select coalesce(cases.score_before, 101) into v_score
  from public.provider_interventions as cases
  inner join app.shown_interventions(v_org_id) as shown on shown.id = cases.id
  where cases.org_id = v_org_id and cases.user_id <> app.my_id() and cases.id = p_before;
  perform app.check_cursor('p_before', p_before is null or found);

  -- Each status by itself, in the order of its index: however many cases there are, a page reads a page.
  for v_case in
    select page.*
    from unnest(v_statuses) as statuses (status)
    cross join lateral (
      select cases.*
      from public.provider_interventions as cases
      inner join app.shown_interventions(v_org_id) as shown on shown.id = cases.id
      where
        cases.org_id = v_org_id
        and cases.status = statuses.status
        and cases.user_id <> app.my_id()
        and (p_before is null or (coalesce(cases.score_before, 101), cases.id) < (v_score, p_before))
      order by coalesce(cases.score_before, 101) desc, cases.id desc
      limit p_limit
    ) as page
    order by coalesce(page.score_before, 101) desc, page.id desc
    limit p_limit
  loop
    v_people := v_people || v_case.user_id;
    return next v_case;
  end loop;
  perform app.note_access(
    p_purpose, 'public.provider_interventions', v_org_id, array(select distinct unnest(v_people)),
    cardinality(v_people), '{}'
  );
end
$$;

comment on function app.list_interventions(
  public.intervention_status, public.access_purpose, integer, uuid
) is 'What public.list_interventions answers; authorizes for itself, and leaves an access event.';

-- Everything that a helper does with one case begins here. One that they may not see is one that is not there.
create function app.find_intervention(p_id uuid, p_purpose public.access_purpose) returns public.provider_interventions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  select cases.* into v_case
  from public.provider_interventions as cases
  where
    cases.org_id = app.current_org() and cases.id = p_id and cases.user_id <> app.my_id()
    and exists (
      select from app.shown_interventions(cases.org_id) as shown
      where shown.id = cases.id
    )
  for update;
  if v_case.id is null then
    perform app.raise_error('not_found', 'There is no such case that you may see.');
  end if;
  perform app.note_access(
    p_purpose, 'public.provider_interventions', v_case.org_id, array[v_case.user_id], 1, '{}'
  );
  return v_case;
end
$$;

comment on function app.find_intervention(uuid, public.access_purpose) is
'One case that the caller helps with, locked; not_found where its person is not to be known. Leaves an access event.';

create function app.list_intervention_contacts(p_id uuid, p_purpose public.access_purpose, p_limit integer)
returns setof public.provider_intervention_contacts
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_case public.provider_interventions;
begin
  v_case := app.find_intervention(p_id, p_purpose);
  return query
  select contacts.*
  from public.provider_intervention_contacts as contacts
  where
    contacts.org_id = v_case.org_id and contacts.intervention_id = v_case.id and contacts.user_id = v_case.user_id
  order by contacts.contacted_at desc, contacts.id desc
  limit p_limit;
end
$$;

comment on function app.list_intervention_contacts(uuid, public.access_purpose, integer) is
'What public.list_intervention_contacts answers; app.find_intervention() authorizes, and leaves an access event.';

revoke all on function app.shown_interventions(uuid) from public;
revoke all on function app.list_interventions(
  public.intervention_status, public.access_purpose, integer, uuid
) from public;
revoke all on function app.find_intervention(uuid, public.access_purpose) from public;
revoke all on function app.list_intervention_contacts(uuid, public.access_purpose, integer) from public;
grant execute on function app.list_interventions(
  public.intervention_status, public.access_purpose, integer, uuid
) to authenticated;
grant execute on function app.find_intervention(uuid, public.access_purpose) to authenticated;
grant execute on function app.list_intervention_contacts(uuid, public.access_purpose, integer) to authenticated;
