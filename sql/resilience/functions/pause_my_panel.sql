create function public.pause_my_panel(p_until_date date) returns public.provider_panel_pauses
language plpgsql volatile
set search_path = ''
as $$
declare
  v_pause public.provider_panel_pauses;
begin
  perform app.require_feature('resilience_hub');
  insert into public.provider_panel_pauses as pauses (until_date) values (p_until_date)
  on conflict (org_id, practitioner_id) do update set until_date = excluded.until_date
  returning * into v_pause;
  return v_pause;
end
$$;

comment on function public.pause_my_panel(date) is
'Until when the caller wants to be proposed no more patients. It needs no reason, and nobody else can read it.
p_until_date: the last day, at most 90 days ahead; null ends the pause.
Returns the pause.
Errors: feature_disabled, permission_denied, invalid_input.
Idempotent: yes.';

revoke all on function public.pause_my_panel(date) from public, anon, authenticated, service_role;
grant execute on function public.pause_my_panel(date) to authenticated;
