create function app.job_expire_bed_offers(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_offer public.bed_offers;
  v_count integer := 0;
begin
  for v_offer in
    select offers.*
    from public.bed_offers as offers
    inner join public.beds on beds.org_id = offers.org_id and beds.id = offers.bed_id
    where
      offers.org_id = p_org_id and offers.status = 'open' and offers.deleted_at is null
      and offers.expires_at <= app.clock()
    order by beds.id
    limit p_limit
    for update of offers skip locked
    for no key update of beds skip locked
  loop
    perform app.close_offer(v_offer, 'expired');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.job_expire_bed_offers(uuid, integer) is
'Scheduled: ends offers of beds that nobody claimed in time and makes the next, p_limit at a time. Idempotent: yes.';

revoke all on function app.job_expire_bed_offers(uuid, integer) from public;
