-- SECURITY DEFINER because the policies of the members' own table ask for it: read as the caller, that table would ask
-- itself. It answers with the caller's own circles in the active organization and nothing else.
create function app.my_circles() returns uuid[]
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  return array(
    select members.circle_id
    from public.provider_support_circle_members as members
    inner join public.provider_support_circles as circles
      on circles.org_id = members.org_id and circles.id = members.circle_id
    where
      members.user_id = app.my_id()
      and members.org_id = app.current_org()
      and members.is_active
      and members.deleted_at is null
      and circles.deleted_at is null
  );
end
$$;

comment on function app.my_circles() is
'The support circles of the active organization that the caller is an active member of; none that was removed.';

revoke all on function app.my_circles() from public;
grant execute on function app.my_circles() to authenticated, service_role;
