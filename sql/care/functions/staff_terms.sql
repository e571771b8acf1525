-- Without a contract the terms are those of the law, and the skills those of the roles. Only a contract says more.
create function app.staff_terms(
  p_org_id uuid, p_user_id uuid, p_on date,
  out weekly_maximum_minutes integer, out minimum_rest_minutes integer, out skills public.staff_skill[]
)
language plpgsql stable
set search_path = ''
as $$
begin
  select contracts.weekly_maximum_minutes, contracts.minimum_rest_minutes, contracts.skills
  into weekly_maximum_minutes, minimum_rest_minutes, skills
  from public.staff_contracts as contracts
  where
    contracts.org_id = p_org_id and contracts.user_id = p_user_id and contracts.holds_during @> p_on
    and contracts.deleted_at is null;
  if not found then
    weekly_maximum_minutes := 48 * 60;
    minimum_rest_minutes := 11 * 60;
    skills := array(
      select distinct known.skill
      from public.role_assignments as roles
      inner join (
        values
        ('carer'::public.app_role, 'care'::public.staff_skill), ('nurse', 'care'), ('nurse', 'nursing')
      ) as known (role, skill) on known.role = roles.role
      where roles.org_id = p_org_id and roles.user_id = p_user_id and roles.deleted_at is null
    );
  end if;
end
$$;

comment on function app.staff_terms(uuid, uuid, date) is
'What a rota keeps for somebody on a day: their contract, or 48 hours a week, 11 hours of rest and the skills of their
roles: care for carers and nurses, nursing for nurses.';

revoke all on function app.staff_terms(uuid, uuid, date) from public;
