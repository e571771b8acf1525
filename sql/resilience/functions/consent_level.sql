-- Asked as the caller, who sees their own consent and nobody else's; private functions that have authorized see all.
create function app.consent_level(p_org_id uuid, p_user_id uuid) returns public.participation_level
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select consents.level
    from public.provider_consents as consents
    where consents.org_id = p_org_id and consents.user_id = p_user_id and consents.withdrawn_at is null
  );
end
$$;

comment on function app.consent_level(uuid, uuid) is
'How far a person takes part in the resilience hub of an organization now; null: not at all.';

revoke all on function app.consent_level(uuid, uuid) from public;
grant execute on function app.consent_level(uuid, uuid) to authenticated, service_role;
