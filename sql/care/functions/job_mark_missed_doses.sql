-- A dose whose window is over and of which nobody said anything was missed. One message for each site and batch, which
-- says where to look and of nobody's health.
create function app.job_mark_missed_doses(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_due uuid[];
  v_site record;
begin
  v_due := array(
    select doses.id
    from public.medication_doses as doses
    where doses.org_id = p_org_id and doses.status = 'planned' and doses.window_ends_at <= app.clock()
    order by doses.window_ends_at
    limit p_limit
    for no key update skip locked
  );
  -- Whoever is gone misses nothing.
  update public.medication_doses as doses set status = 'cancelled'
  from public.residents
  where
    doses.org_id = p_org_id and doses.id = any(v_due)
    and residents.org_id = doses.org_id and residents.id = doses.resident_id
    and residents.status in ('discharged', 'deceased');
  update public.medication_doses as doses set status = 'missed'
  where doses.org_id = p_org_id and doses.id = any(v_due) and doses.status = 'planned';
  insert into public.medication_administrations (
    org_id, resident_id, site_id, order_id, dose_id, is_controlled, status, occurred_at
  )
  select
    doses.org_id, doses.resident_id, doses.site_id, doses.order_id, doses.id, orders.is_controlled, 'missed',
    doses.window_ends_at
  from public.medication_doses as doses
  inner join public.medication_orders as orders on orders.org_id = doses.org_id and orders.id = doses.order_id
  where doses.org_id = p_org_id and doses.id = any(v_due) and doses.status = 'missed';

  for v_site in
    select doses.site_id, (array_agg(doses.id order by doses.id))[1] as first_id
    from public.medication_doses as doses
    where doses.org_id = p_org_id and doses.id = any(v_due) and doses.status = 'missed'
    group by doses.site_id
  loop
    perform app.tell_care_site(
      p_org_id, v_site.site_id, '{manager,nurse}', 'medication.missed', 'Something was missed',
      'Something in a round was missed: {{ link }}', '/care/medication/sites/' || v_site.site_id || '/missed',
      v_site.first_id::text
    );
  end loop;
  return cardinality(v_due);
end
$$;

comment on function app.job_mark_missed_doses(uuid, integer) is
'Scheduled: marks doses as missed whose window is over, p_limit at a time, and tells nurses and managers of the site.
Idempotent: yes.';

revoke all on function app.job_mark_missed_doses(uuid, integer) from public;
