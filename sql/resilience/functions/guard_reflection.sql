-- What holds for every way to write a reflection, the table's own endpoint included: practitioners of the organization
-- write, while the feature is on and the circle meets, and the name that the circle sees is the author's own, or none.
-- Whoever is not in the circle is refused by the policy.
create function app.guard_reflection() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_minimum_members constant integer := 3;
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.author_id is null then
    perform app.raise_error('permission_denied', 'Only practitioners of the organization are in a circle.');
  end if;
  if tg_op = 'INSERT' and new.circle_id = any(app.my_circles()) then
    perform app.require_open_circle(new.circle_id);
    -- Of two members the other one knows who wrote it, whatever the database hides.
    if new.is_anonymous and (
      select count(*) < v_minimum_members
      from public.provider_support_circle_members as members
      where members.org_id = new.org_id and members.circle_id = new.circle_id and members.is_active
    ) then
      perform app.raise_error(
        'conflict', 'This circle is too small for anyone to stay unnamed in it.',
        jsonb_build_object('minimum_members', v_minimum_members)
      );
    end if;
  end if;
  new.author_name := case
    when new.is_anonymous then null
    else (select profiles.display_name from public.profiles where profiles.id = new.user_id)
  end;
  return new;
end
$$;

comment on function app.guard_reflection() is
'Trigger _200_guard: practitioners write, while the feature is on and the circle meets; an anonymous reflection carries
no name and needs three members.';

create function app.blur_reflection() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.is_anonymous then
    new.created_at := date_trunc('hour', new.created_at, 'UTC');
    new.updated_at := date_trunc('hour', new.updated_at, 'UTC');
    new.deleted_at := date_trunc('hour', new.deleted_at, 'UTC');
  end if;
  return new;
end
$$;

comment on function app.blur_reflection() is
'Trigger _500_blur: an anonymous reflection keeps the hour and no closer time.';

revoke all on function app.blur_reflection() from public;
revoke all on function app.guard_reflection() from public;
