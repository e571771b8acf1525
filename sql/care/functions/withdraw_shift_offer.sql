-- SECURITY DEFINER because nobody writes offers; it asks for a role and whether the site is the caller's.
create function app.withdraw_shift_offer(p_offer_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_shift_id uuid;
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  select offers.shift_id into v_shift_id
  from public.shift_offers as offers
  where
    offers.org_id = app.current_org() and offers.id = p_offer_id
    and offers.site_id = any(app.my_sites('admin', 'manager', 'care_manager'));
  if v_shift_id is null then
    perform app.raise_error('not_found', 'There is no such offer at a site of yours.');
  end if;
  perform app.lock_shift(v_shift_id);
  update public.shift_offers as offers set status = 'withdrawn'
  where offers.org_id = app.current_org() and offers.id = p_offer_id and offers.status = 'open';
end
$$;

comment on function app.withdraw_shift_offer(uuid) is
'What public.withdraw_shift_offer does; authorizes for itself.';

create function public.withdraw_shift_offer(p_offer_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_offer_id', p_offer_id is not null, 'Say which offer.');
  perform app.withdraw_shift_offer(p_offer_id);
end
$$;

comment on function public.withdraw_shift_offer(uuid) is
'Offers a place no longer; one that was claimed stays claimed. For administrators, care managers, and managers of the
site.
p_offer_id: one that is not at a site of the caller''s is not_found.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.withdraw_shift_offer(uuid) from public;
grant execute on function app.withdraw_shift_offer(uuid) to authenticated;
revoke all on function public.withdraw_shift_offer(uuid) from public, anon, authenticated, service_role;
grant execute on function public.withdraw_shift_offer(uuid) to authenticated;
