-- Every month that is over, oldest first, from the first one in which anybody did anything; at most two years back.
create function app.job_close_wellbeing_months(p_org_id uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_this_month constant date := date_trunc('month', app.organization_day(p_org_id));
  v_month date := (
    select greatest(
      date_trunc('month', min(consents.given_at at time zone organizations.time_zone))::date,
      (v_this_month - interval '2 years')::date
    )
    from public.provider_consents as consents
    inner join public.organizations on organizations.id = consents.org_id
    where consents.org_id = p_org_id
  );
  v_count integer := 0;
begin
  while v_month < v_this_month loop
    if app.freeze_wellbeing_month(p_org_id, v_month) then
      v_count := v_count + 1;
    end if;
    v_month := (v_month + interval '1 month')::date;
  end loop;
  return v_count;
end
$$;

comment on function app.job_close_wellbeing_months(uuid) is
'Scheduled: closes the months of an organization that are over, for good. Idempotent: yes.';

revoke all on function app.job_close_wellbeing_months(uuid) from public;
