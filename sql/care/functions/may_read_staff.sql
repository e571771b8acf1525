-- SECURITY DEFINER because roles are their people's own to see. It answers whether, of the active organization only.
-- Whoever holds a site role for the whole organization works at every site, and is of every manager's people.
create function app.may_read_staff(p_user_id uuid) returns boolean
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_sites uuid[];
begin
  if p_user_id is null or not app.is_staff() then
    return false;
  end if;
  if p_user_id = app.my_id() then
    return true;
  end if;
  if app.has_role('org_owner', 'compliance_lead') then
    return exists (
      select from public.staff_members as staff
      where staff.org_id = v_org_id and staff.user_id = p_user_id and staff.deleted_at is null
    );
  end if;
  v_sites := app.my_sites('manager');
  return cardinality(v_sites) > 0 and exists (
    select from app.staff_posts(v_org_id, app.today(), p_user_id) as posts
    where
      posts.site_id = any(v_sites)
      or (posts.site_id is null and posts.role in ('case_manager', 'nurse', 'clinician', 'carer', 'scheduler'))
  );
end
$$;

comment on function app.may_read_staff(uuid) is
'Whether the caller may read somebody''s training and checks: their own, their sites'' people''s as a manager, all as an
owner or compliance lead.';

revoke all on function app.may_read_staff(uuid) from public;
grant execute on function app.may_read_staff(uuid) to authenticated;
