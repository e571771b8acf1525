-- What holds for every way to write panels and what belongs to them. Panels are about patients: an organization that
-- uses carebase for its staff only has none. Imports and seeds are believed.
create function app.require_panels() returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_feature('patient_modules');
end
$$;

comment on function app.require_panels() is
'Ends the request unless the active organization has the resilience hub, and patients.';

-- Of a row that would go elsewhere the policy says that it may not, and better than we could.
create function app.require_provider_here(p_org_id uuid, p_practitioner_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_org_id = app.current_org() and not exists (
    select from public.org_practitioners as known
    where
      known.org_id = p_org_id and known.practitioner_id = p_practitioner_id and known.is_active
      and known.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;
end
$$;

comment on function app.require_provider_here(uuid, uuid) is
'Ends the request unless somebody is an active practitioner of the active organization, which is the one meant.';

create function app.guard_panel_limits() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.role() is not distinct from 'authenticated' then
    perform app.require_panels();
    perform app.require_provider_here(new.org_id, new.practitioner_id);
  end if;
  return new;
end
$$;

comment on function app.guard_panel_limits() is
'Trigger _200_guard: limits are of practitioners who work here, where panels are kept.';

-- Moments are the database's to say, and what has ended stays as it was.
create function app.guard_panel_patient() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_panels();
  if tg_op = 'INSERT' then
    perform app.require_provider_here(new.org_id, new.practitioner_id);
    -- Nobody else gets a row past the policy; and not everybody sees who the patients are.
    if new.org_id = app.current_org() and app.has_role('care_manager') and not exists (
      select from public.org_patients as known
      where
        known.org_id = new.org_id and known.patient_id = new.patient_id and known.is_active
        and known.deleted_at is null
    ) then
      perform app.raise_error('not_found', 'There is no such patient in your organization.');
    end if;
    new.assigned_at := app.clock();
    new.ended_at := null;
  elsif old.ended_at is not null then
    perform app.raise_error('conflict', 'The patient has left this panel; what was is not changed.');
  elsif new.ended_at is not null then
    new.ended_at := app.clock();
  end if;
  return new;
end
$$;

comment on function app.guard_panel_patient() is
'Trigger _200_guard: patients and practitioners of the organization; an assignment that has ended stays as it is.';

create function app.guard_panel_pause() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_panels();
  if new.practitioner_id is null then
    perform app.raise_error('permission_denied', 'Only practitioners of the organization have a panel.');
  end if;
  perform app.check_input(
    'until_date', new.until_date is null or (new.until_date >= app.today() and new.until_date <= app.today() + 90),
    'A pause ends today at the earliest and in 90 days at the latest.'
  );
  return new;
end
$$;

comment on function app.guard_panel_pause() is
'Trigger _200_guard: practitioners pause for 90 days at most, and may go on doing so.';

revoke all on function app.require_panels() from public;
revoke all on function app.require_provider_here(uuid, uuid) from public;
revoke all on function app.guard_panel_limits() from public;
revoke all on function app.guard_panel_patient() from public;
revoke all on function app.guard_panel_pause() from public;
grant execute on function app.require_panels() to authenticated;
grant execute on function app.require_provider_here(uuid, uuid) to authenticated;
