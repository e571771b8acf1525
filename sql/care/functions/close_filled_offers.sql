-- SECURITY DEFINER because nobody writes offers; it closes those of the shift that was filled.
create function app.close_filled_offers() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.shift_offers as offers
  set status = 'withdrawn'
  from public.shifts
  where
    shifts.org_id = new.org_id and shifts.id = new.shift_id
    and shifts.needed_count <= (
      select count(*) from public.shift_assignments as others
      where others.org_id = new.org_id and others.shift_id = new.shift_id and others.deleted_at is null
    )
    and offers.org_id = new.org_id and offers.site_id = new.site_id and offers.shift_id = new.shift_id
    and offers.status = 'open';
  return null;
end
$$;

comment on function app.close_filled_offers() is
'Trigger _500_offers: a shift that has everybody it needs is offered to nobody any more.';

revoke all on function app.close_filled_offers() from public;
