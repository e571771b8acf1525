-- Who may be the second of two signatures, and that both are at work where that is asked. Kept by the tables, for
-- whatever writes them.
create function app.medication_witness_rule(
  p_org_id uuid, p_site_id uuid, out roles public.app_role[], out course_code text, out is_on_duty boolean
)
language sql stable
set search_path = ''
as $$
  select
    case when own.id is null then '{nurse,clinician,manager}'::public.app_role[] else own.roles end,
    case when own.id is null then 'medication' else own.code end,
    coalesce(own.is_on_duty, false)
  from (select 1) as one
  left join lateral (
    select rules.id, rules.roles, rules.is_on_duty, courses.code
    from public.medication_witness_rules as rules
    left join public.training_courses as courses
      on courses.org_id = rules.org_id and courses.id = rules.course_id
    where
      rules.org_id = p_org_id and (rules.site_id = p_site_id or rules.site_id is null) and rules.deleted_at is null
    order by rules.site_id nulls last
    limit 1
  ) as own on true
$$;

comment on function app.medication_witness_rule(uuid, uuid) is
'Who witnesses at a site: by its own rule, else by the organization''s, else nurses, clinicians, managers and who holds
the course `medication`.';

-- On a shift that was published, or clocked in and not out: shifts are 25 hours long at most.
create function app.is_on_duty(p_org_id uuid, p_site_id uuid, p_user_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select
    from public.shift_assignments as assignments
    left join public.shift_attendance as attendance
      on attendance.org_id = assignments.org_id and attendance.assignment_id = assignments.id
    where
      assignments.org_id = p_org_id and assignments.site_id = p_site_id and assignments.user_id = p_user_id
      and assignments.is_published and assignments.deleted_at is null
      and attendance.clocked_out_at is null
      and assignments.starts_at > app.clock() - interval '30 hours'
      and case
        when attendance.clocked_in_at is null
          then assignments.starts_at <= app.clock() and assignments.ends_at > app.clock()
        else attendance.clocked_in_at <= app.clock()
      end
  )
$$;

comment on function app.is_on_duty(uuid, uuid, uuid) is
'Whether somebody is at work at a site now: on a published shift, or clocked in for one, and not clocked out.';

create function app.may_witness(p_org_id uuid, p_site_id uuid, p_user_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select
    from app.medication_witness_rule(p_org_id, p_site_id) as rule
    inner join public.role_assignments as posts
      on
        posts.org_id = p_org_id and posts.user_id = p_user_id and coalesce(posts.site_id, p_site_id) = p_site_id
        and posts.role in ('carer', 'nurse', 'clinician', 'manager')
        and posts.deleted_at is null and posts.valid_during @> app.clock()
    where
      posts.role = any(rule.roles)
      or exists (
        select from app.training_held(p_org_id, app.today(), array[p_user_id], array[rule.course_code]) as held
        where held.valid_until >= app.today()
      )
  )
$$;

comment on function app.may_witness(uuid, uuid, uuid) is
'Whether somebody may sign second for a controlled drug at a site today, by role or by training.';

-- SECURITY DEFINER because it looks at the roles, training and shifts of who signs, which who writes need not read; a
-- trigger function, it answers nothing.
create function app.guard_two_signatures() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_is_new constant boolean := tg_op = 'INSERT';
  v_first constant uuid := to_jsonb(new) ->> tg_argv[0];
  v_signs constant uuid := case when v_is_new then v_first else new.witnessed_by end;
begin
  -- Twice the same is refused by the table itself.
  if v_signs is null or (not v_is_new and v_signs = v_first) then
    return new;
  end if;
  if not v_is_new and not app.may_witness(new.org_id, new.site_id, v_signs) then
    perform app.raise_error(
      'permission_denied', 'Your role and training do not let you witness a controlled drug.',
      '{"reason": "not_a_witness"}', 'Ask a nurse, the manager, or somebody whose training in medication is current.'
    );
  end if;
  if (select rule.is_on_duty from app.medication_witness_rule(new.org_id, new.site_id) as rule)
    and not app.is_on_duty(new.org_id, new.site_id, v_signs) then
    perform app.raise_error(
      'permission_denied', 'Only who is at work here now signs for a controlled drug.', '{"reason": "not_on_duty"}',
      'Clock in to your shift first.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_two_signatures() is
'Trigger _240_signatures of what takes two signatures: the second is of somebody who may witness at the site, and both of
people who are at work there where the organization asks it. Its argument: the column of who signs first.';

revoke all on function app.medication_witness_rule(uuid, uuid) from public;
revoke all on function app.is_on_duty(uuid, uuid, uuid) from public;
revoke all on function app.may_witness(uuid, uuid, uuid) from public;
revoke all on function app.guard_two_signatures() from public;
