-- The waiting list moves on by itself: a bed that becomes free is offered to the next who waits for the site, and to
-- the one after when it is declined or not claimed in time. For definers only.
--
-- Nobody waits here for a lock: a bed, entry or enquiry that somebody is busy with is left to them.
create function app.offer_freed_bed(
  p_org_id uuid, p_bed_id uuid, p_claim_hours integer default 48, p_entry_id uuid default null
) returns public.bed_offers
language plpgsql volatile
set search_path = ''
as $$
declare
  v_bed public.beds;
  v_entry public.waitlist_entries;
  v_offer public.bed_offers;
begin
  select beds.* into v_bed
  from public.beds
  inner join public.rooms on rooms.org_id = beds.org_id and rooms.id = beds.room_id
  where
    beds.org_id = p_org_id and beds.id = p_bed_id and beds.is_active and beds.deleted_at is null
    and rooms.is_active and rooms.deleted_at is null
  for no key update of beds skip locked;
  if v_bed.id is null or not app.is_bed_free(p_org_id, p_bed_id) then
    return null;
  end if;
  select entries.* into v_entry
  from public.waitlist_entries as entries
  inner join public.residency_enquiries as enquiries
    on enquiries.org_id = entries.org_id and enquiries.id = entries.enquiry_id
  where
    entries.org_id = p_org_id and entries.site_id = v_bed.site_id and entries.status = 'waiting'
    and entries.deleted_at is null and enquiries.status in ('assessment', 'offered')
    and (
      entries.id = p_entry_id
      or p_entry_id is null
      and coalesce(entries.wanted_from_date <= app.day_of_site(p_org_id, v_bed.site_id, app.clock()), true)
      and not app.was_offered(p_org_id, p_bed_id, entries.id)
    )
  order by entries.priority, entries.id
  limit 1
  for update of entries, enquiries skip locked;
  if v_entry.id is null then
    return null;
  end if;
  insert into public.bed_offers (org_id, site_id, entry_id, bed_id, offered_at, expires_at)
  values (
    p_org_id, v_bed.site_id, v_entry.id, p_bed_id, app.clock(), app.clock() + make_interval(hours => p_claim_hours)
  )
  returning * into v_offer;
  update public.waitlist_entries as entries set status = 'offered'
  where entries.org_id = p_org_id and entries.id = v_entry.id;
  update public.residency_enquiries as enquiries set status = 'offered'
  where enquiries.org_id = p_org_id and enquiries.id = v_entry.enquiry_id and enquiries.status = 'assessment';
  perform app.tell_of_offer(v_offer);
  return v_offer;
end
$$;

comment on function app.offer_freed_bed(uuid, uuid, integer, uuid) is
'Offers a free bed to the next who waits for its site, or to p_entry_id; null where the bed is not free or nobody waits.';

create function app.is_bed_free(p_org_id uuid, p_bed_id uuid) returns boolean
language sql volatile
set search_path = ''
as $$
  select not exists (
    select from public.bed_stays as stays
    where
      stays.org_id = p_org_id and stays.bed_id = p_bed_id and stays.deleted_at is null
      and stays.stays_during && tstzrange(app.clock(), null)
  ) and not exists (
    select from public.bed_offers as offers
    where
      offers.org_id = p_org_id and offers.bed_id = p_bed_id and offers.status = 'open' and offers.deleted_at is null
  )
$$;

comment on function app.is_bed_free(uuid, uuid) is 'Whether nobody has a bed now or later, and it is not on offer.';

create function app.was_offered(p_org_id uuid, p_bed_id uuid, p_entry_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.bed_offers as offers
    where
      offers.org_id = p_org_id and offers.entry_id = p_entry_id and offers.bed_id = p_bed_id
      and offers.offered_at >= coalesce((
        select max(stays.ends_at)
        from public.bed_stays as stays
        where
          stays.org_id = p_org_id and stays.bed_site_id = offers.site_id and stays.bed_id = p_bed_id
          and stays.deleted_at is null
      ), '-infinity')
  )
$$;

comment on function app.was_offered(uuid, uuid, uuid) is
'Whether somebody who waits was offered this bed since it was last had.';

-- Says that there is something to do, and where; who it is about is read there.
create function app.tell_of_offer(p_offer public.bed_offers) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  perform app.ensure_template(
    p_offer.org_id, 'residency.bed_offer', 'in_app', 'A bed is free',
    'A bed is free and is offered to the next who waits: {{ link }}', '{"link": "link"}'
  );
  foreach v_user_id in array app.role_holders(p_offer.org_id, '{manager,care_manager}', p_offer.site_id) loop
    perform app.enqueue_notification(
      p_offer.org_id, 'in_app', v_user_id, 'residency.bed_offer',
      jsonb_build_object('link', '/residency/offers/' || p_offer.id),
      p_dedupe_key => format('residency.bed_offer:%s:%s', p_offer.id, v_user_id)
    );
  end loop;
end
$$;

comment on function app.tell_of_offer(public.bed_offers) is
'Tells those who admit people at a site that a bed is offered.';

create function app.end_waiting(p_org_id uuid, p_enquiry_id uuid, p_status public.waitlist_status) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_bed_id uuid;
begin
  update public.waitlist_entries as entries set status = p_status
  where
    entries.org_id = p_org_id and entries.enquiry_id = p_enquiry_id and entries.status in ('waiting', 'offered');
  update public.bed_offers as offers set status = 'withdrawn', answered_at = app.clock()
  from public.waitlist_entries as entries
  where
    entries.org_id = p_org_id and entries.enquiry_id = p_enquiry_id and offers.org_id = p_org_id
    and offers.entry_id = entries.id and offers.status = 'open'
  returning offers.bed_id into v_bed_id;
  if v_bed_id is not null then
    perform app.offer_freed_bed(p_org_id, v_bed_id);
  end if;
end
$$;

comment on function app.end_waiting(uuid, uuid, public.waitlist_status) is
'Takes an enquiry off the waiting list; what it was offered goes to the next.';

revoke all on function app.offer_freed_bed(uuid, uuid, integer, uuid) from public;
revoke all on function app.is_bed_free(uuid, uuid) from public;
revoke all on function app.was_offered(uuid, uuid, uuid) from public;
revoke all on function app.tell_of_offer(public.bed_offers) from public;
revoke all on function app.end_waiting(uuid, uuid, public.waitlist_status) from public;
