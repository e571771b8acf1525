-- SECURITY DEFINER because nobody writes offers and assignments; bound to the caller, at sites where they work. The
-- shift is locked first: of two who claim one place the second finds it taken.
create function app.claim_shift(p_offer_id uuid) returns public.shift_assignments
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_offer public.shift_offers;
  v_shift public.shifts;
begin
  perform app.require_role('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer');
  select offers.* into v_offer
  from public.shift_offers as offers
  where
    offers.org_id = app.current_org() and offers.id = p_offer_id
    and offers.site_id = any(
      app.my_sites('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')
    );
  if v_offer.id is null then
    perform app.raise_error('not_found', 'There is no such offer where you work.');
  end if;
  v_shift := app.lock_shift(v_offer.shift_id);
  select offers.* into v_offer
  from public.shift_offers as offers
  where offers.org_id = v_offer.org_id and offers.id = p_offer_id;
  if v_offer.status <> 'open' or v_offer.closes_at <= app.clock() or v_shift.id is null then
    perform app.raise_error(
      'conflict', 'This place is not open any more.',
      jsonb_build_object('reason', case v_offer.status when 'claimed' then 'taken' else 'closed' end)
    );
  end if;
  perform app.lock_staff(v_offer.org_id, array[app.my_id()]);
  perform app.refuse_faults(v_offer.org_id, v_shift.id, app.my_id(), '{}');
  update public.shift_offers as offers
  set status = 'claimed', claimed_by = app.my_id(), claimed_at = app.clock()
  where offers.org_id = v_offer.org_id and offers.id = v_offer.id;
  return app.book_shift(v_shift, app.my_id());
end
$$;

comment on function app.claim_shift(uuid) is
'What public.claim_shift does; authorizes for itself.';

create function public.claim_shift(p_offer_id uuid) returns public.shift_assignments
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_offer_id', p_offer_id is not null, 'Say which offer.');
  return app.claim_shift(p_offer_id);
end
$$;

comment on function public.claim_shift(uuid) is
'Takes an open place for the caller: the first who may work the shift has it. For those who work at the site.
p_offer_id: an offer where the caller works, else not_found. conflict: somebody was faster (reason taken), it is no
longer offered (closed), or a rule speaks against it: details as of assign_shift().
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.claim_shift(uuid) from public;
grant execute on function app.claim_shift(uuid) to authenticated;
revoke all on function public.claim_shift(uuid) from public, anon, authenticated, service_role;
grant execute on function public.claim_shift(uuid) to authenticated;
