-- What people do with the waiting list. SECURITY DEFINER because nobody writes offers; roles and sites are asked for by
-- each.
create function app.offer_bed(p_bed_id uuid, p_entry_id uuid, p_claim_hours integer) returns public.bed_offers
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_bed public.beds;
  v_offer public.bed_offers;
begin
  perform app.require_role('manager', 'care_manager');
  v_bed := app.require_bed(p_bed_id);
  if not app.is_bed_free(v_bed.org_id, v_bed.id) then
    perform app.raise_error('conflict', 'The bed is taken, promised or on offer.', '{"reason": "bed_taken"}');
  end if;
  if p_entry_id is not null and not exists (
    select from public.waitlist_entries as entries
    where
      entries.org_id = v_bed.org_id and entries.id = p_entry_id and entries.site_id = v_bed.site_id
      and entries.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such entry on the waiting list of this site.');
  end if;
  v_offer := app.offer_freed_bed(v_bed.org_id, v_bed.id, p_claim_hours, p_entry_id);
  if v_offer.id is null then
    perform app.raise_error('conflict', 'Nobody waits who could be offered it.', '{"reason": "nobody_waits"}');
  end if;
  return v_offer;
end
$$;

comment on function app.offer_bed(uuid, uuid, integer) is 'What public.offer_bed does; authorizes for itself.';

create function app.require_offer(p_offer_id uuid) returns public.bed_offers
language plpgsql volatile
set search_path = ''
as $$
declare
  v_bed_id uuid;
  v_offer public.bed_offers;
begin
  select offers.bed_id into v_bed_id
  from public.bed_offers as offers
  where
    offers.org_id = app.current_org() and offers.id = p_offer_id
    and offers.site_id = any(app.my_sites('manager', 'care_manager'));
  if v_bed_id is null then
    perform app.raise_error('not_found', 'There is no such offer at your sites.');
  end if;
  perform app.lock_beds(array[v_bed_id]);
  select offers.* into v_offer
  from public.bed_offers as offers
  where offers.org_id = app.current_org() and offers.id = p_offer_id
  for update;
  if v_offer.status <> 'open' then
    perform app.raise_error('conflict', 'The offer has been answered or has ended.', '{"reason": "offer_closed"}');
  end if;
  return v_offer;
end
$$;

comment on function app.require_offer(uuid) is
'Locks an open offer and its bed, at a site where the caller admits people.';

create function app.accept_bed_offer(p_offer_id uuid, p_expected_on date, p_planned_until date)
returns public.bed_stays
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_offer public.bed_offers;
  v_enquiry_id uuid;
  v_stay public.bed_stays;
begin
  perform app.require_role('manager', 'care_manager');
  v_offer := app.require_offer(p_offer_id);
  if v_offer.expires_at <= app.clock() then
    perform app.raise_error('conflict', 'The time to claim the bed is over.', '{"reason": "offer_expired"}');
  end if;
  select entries.enquiry_id into v_enquiry_id
  from public.waitlist_entries as entries
  where entries.org_id = v_offer.org_id and entries.id = v_offer.entry_id;
  v_stay := app.reserve_bed(v_offer.bed_id, p_expected_on, p_planned_until, v_enquiry_id, null, null);
  update public.bed_offers as offers set status = 'accepted', answered_at = app.clock()
  where offers.org_id = v_offer.org_id and offers.id = v_offer.id;
  update public.waitlist_entries as entries set status = 'placed'
  where entries.org_id = v_offer.org_id and entries.id = v_offer.entry_id;
  return v_stay;
end
$$;

comment on function app.accept_bed_offer(uuid, date, date) is
'What public.accept_bed_offer does; authorizes for itself.';

create function app.decline_bed_offer(p_offer_id uuid) returns public.bed_offers
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_offer public.bed_offers;
begin
  perform app.require_role('manager', 'care_manager');
  v_offer := app.require_offer(p_offer_id);
  return app.close_offer(v_offer, 'declined');
end
$$;

comment on function app.decline_bed_offer(uuid) is 'What public.decline_bed_offer does; authorizes for itself.';

-- Whoever did not take it waits on, at their place; the bed goes to the next, who has as long to think.
create function app.close_offer(p_offer public.bed_offers, p_status public.bed_offer_status) returns public.bed_offers
language plpgsql volatile
set search_path = ''
as $$
begin
  update public.bed_offers as offers set status = p_status, answered_at = app.clock()
  where offers.org_id = p_offer.org_id and offers.id = p_offer.id;
  update public.waitlist_entries as entries set status = 'waiting'
  where entries.org_id = p_offer.org_id and entries.id = p_offer.entry_id and entries.status = 'offered';
  return app.offer_freed_bed(
    p_offer.org_id, p_offer.bed_id,
    greatest(1, round(extract(epoch from p_offer.expires_at - p_offer.offered_at) / 3600))::integer
  );
end
$$;

comment on function app.close_offer(public.bed_offers, public.bed_offer_status) is
'Ends an offer that nobody took and makes the next; the next, or null.';

create function app.leave_waitlist(p_entry_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_enquiry_id uuid;
begin
  perform app.require_role('manager', 'care_manager');
  select entries.enquiry_id into v_enquiry_id
  from public.waitlist_entries as entries
  where
    entries.org_id = app.current_org() and entries.id = p_entry_id and entries.deleted_at is null
    and entries.site_id = any(app.my_sites('manager', 'care_manager'));
  if v_enquiry_id is null then
    perform app.raise_error('not_found', 'There is no such entry at your sites.');
  end if;
  perform app.end_waiting(app.current_org(), v_enquiry_id, 'withdrawn');
end
$$;

comment on function app.leave_waitlist(uuid) is 'What public.leave_waitlist does; authorizes for itself.';

revoke all on function app.offer_bed(uuid, uuid, integer) from public;
revoke all on function app.require_offer(uuid) from public;
revoke all on function app.accept_bed_offer(uuid, date, date) from public;
revoke all on function app.decline_bed_offer(uuid) from public;
revoke all on function app.close_offer(public.bed_offers, public.bed_offer_status) from public;
revoke all on function app.leave_waitlist(uuid) from public;
grant execute on function app.offer_bed(uuid, uuid, integer) to authenticated;
grant execute on function app.accept_bed_offer(uuid, date, date) to authenticated;
grant execute on function app.decline_bed_offer(uuid) to authenticated;
grant execute on function app.leave_waitlist(uuid) to authenticated;
