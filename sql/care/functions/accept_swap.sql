-- SECURITY DEFINER because nobody writes swaps; bound to one of which the caller is a party.
create function app.accept_swap(p_swap_id uuid, p_accept boolean) returns public.shift_swaps
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_swap public.shift_swaps;
begin
  perform app.require_member();
  select swaps.* into v_swap
  from public.shift_swaps as swaps
  where
    swaps.org_id = app.current_org() and swaps.id = p_swap_id and swaps.deleted_at is null
    and (swaps.with_user_id = app.my_id() or (swaps.user_id = app.my_id() and not p_accept))
  for no key update;
  if v_swap.id is null then
    perform app.raise_error('not_found', 'Nobody asked you for such a swap.');
  end if;
  if v_swap.status = 'accepted' and p_accept then
    return v_swap;
  end if;
  if v_swap.status not in ('requested', 'accepted') then
    perform app.raise_error(
      'conflict', 'This swap is over.', jsonb_build_object('reason', 'over', 'status', v_swap.status)
    );
  end if;
  update public.shift_swaps as swaps
  set
    status = case
      when p_accept then 'accepted' when v_swap.user_id = app.my_id() then 'cancelled' else 'declined'
    end::public.shift_swap_status,
    answered_at = app.clock()
  where swaps.org_id = v_swap.org_id and swaps.id = v_swap.id
  returning * into v_swap;
  perform app.tell_staff(
    v_swap.org_id,
    array[case when v_swap.user_id = app.my_id() then v_swap.with_user_id else v_swap.user_id end],
    'shift.swap', format('%s:%s', v_swap.id, v_swap.version)
  );
  return v_swap;
end
$$;

comment on function app.accept_swap(uuid, boolean) is
'What public.accept_swap does; authorizes for itself.';

create function public.accept_swap(p_swap_id uuid, p_accept boolean default true) returns public.shift_swaps
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_swap_id', p_swap_id is not null, 'Say which swap.');
  perform app.check_input('p_accept', p_accept is not null, 'Say whether you agree.');
  return app.accept_swap(p_swap_id, p_accept);
end
$$;

comment on function public.accept_swap(uuid, boolean) is
'Answers a colleague who asked to swap; a manager decides then. Whoever asked takes it back with p_accept false.
p_swap_id: one that the caller was asked for, else not_found; one that is over is conflict.
p_accept: false turns it down.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.accept_swap(uuid, boolean) from public;
grant execute on function app.accept_swap(uuid, boolean) to authenticated;
revoke all on function public.accept_swap(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.accept_swap(uuid, boolean) to authenticated;
