create function public.acknowledge_supervision(p_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
declare
  v_acknowledged_at timestamptz;
begin
  perform app.require_feature('care_homes');
  perform app.require_person();
  perform app.check_input('p_id', p_id is not null, 'Say which supervision.');
  update public.supervisions as held
  set acknowledged_at = coalesce(held.acknowledged_at, app.clock())
  where held.org_id = (select app.current_org()) and held.id = p_id and held.user_id = (select app.my_id())
  returning held.acknowledged_at into v_acknowledged_at;
  if v_acknowledged_at is null then
    perform app.raise_error('not_found', 'There is no such supervision of yours.');
  end if;
  return v_acknowledged_at;
end
$$;

comment on function public.acknowledge_supervision(uuid) is
'The caller has read what was recorded of their own supervision; when they first did.
p_id: the supervision.
Idempotent: yes.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.acknowledge_supervision(uuid) from public, anon, authenticated, service_role;
grant execute on function public.acknowledge_supervision(uuid) to authenticated;
