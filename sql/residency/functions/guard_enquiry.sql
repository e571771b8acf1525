-- What is known of people who are no patients yet, and of those to be called, is one document each. It is checked on
-- its way in, because it is sealed; nothing in it is repeated in a message.
create function app.check_details(p_details bytea, p_form jsonb) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  begin
    if app.has_form(convert_from(p_details, 'UTF8')::jsonb, p_form) then
      return;
    end if;
  -- Postgres' own message would repeat the value.
  exception when others then
    null;
  end;
  perform app.raise_error(
    'invalid_input', 'The details hold what they are for, in texts of a bounded length and days as YYYY-MM-DD.',
    '{"field": "details"}'
  );
end
$$;

comment on function app.check_details(bytea, jsonb) is
'Ends the request with invalid_input unless a sealed document has this form; see app.has_form().';

create function app.has_form(p_document jsonb, p_form jsonb) returns boolean
language plpgsql immutable
set search_path = ''
as $$
declare
  v_key text;
  v_rule jsonb;
  v_value jsonb;
begin
  if jsonb_typeof(p_document) <> 'object' or p_document - array(select jsonb_object_keys(p_form)) <> '{}' then
    return false;
  end if;
  for v_key, v_rule in select * from jsonb_each(p_form) loop
    v_value := nullif(p_document -> v_key, 'null');
    if jsonb_typeof(v_rule) = 'object' then
      continue when v_value is null;
      if app.has_form(v_value, v_rule) is not true then
        return false;
      end if;
    elsif v_rule = '"date"' then
      continue when v_value is null;
      if v_value #>> '{}' !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' or (v_value #>> '{}')::date is null then
        return false;
      end if;
    elsif v_value is null then
      if v_rule::integer < 0 then
        return false;
      end if;
    elsif jsonb_typeof(v_value) <> 'string'
      or length(v_value #>> '{}') < 1 or length(v_value #>> '{}') > abs(v_rule::integer)
    then
      return false;
    end if;
  end loop;
  return true;
end
$$;

comment on function app.has_form(jsonb, jsonb) is
'Whether a document has no other keys than its form, and for each a text of 1 to so many characters (negative: it must
be there), a day ("date") or a document of that form. What is null is not there.';

-- SECURITY DEFINER because whoever is lost waits no longer, and nobody writes that; it follows what was allowed.
create function app.follow_enquiry() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if new.status = 'lost' and old.status <> 'lost' then
    perform app.end_waiting(new.org_id, new.id, 'withdrawn');
  end if;
  return null;
end
$$;

comment on function app.follow_enquiry() is 'Trigger _510_waiting: who is lost waits no longer.';

create function app.guard_enquiry() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_steps constant jsonb := '{
    "enquiry": ["assessment", "lost"], "assessment": ["offered", "lost"], "offered": ["assessment", "admitted", "lost"],
    "lost": ["enquiry"], "admitted": []
  }';
begin
  if new.details is distinct from old.details then
    perform app.check_details(new.details, '{
      "person": {"family_name": -200, "given_names": 200, "birth_date": "date", "preferred_name": 100},
      "contact": {"name": -200, "relationship": 100, "phone": 50, "email": 320},
      "note": 2000
    }');
  end if;
  if tg_op = 'INSERT' then
    new.status_at := app.clock();
    return new;
  end if;
  if new.status = old.status then
    new.status_at := old.status_at;
  else
    if not v_steps -> old.status::text ? new.status::text then
      perform app.raise_error('conflict', 'The enquiry does not stand where that could be done.');
    end if;
    new.status_at := app.clock();
    new.lost_reason := case when new.status = 'lost' then new.lost_reason end;
  end if;
  if (new.site_id <> old.site_id or new.status in ('assessment', 'lost') and old.status = 'offered') and (
    exists (
      select from public.bed_offers as offers
      inner join public.waitlist_entries as entries on entries.org_id = offers.org_id and entries.id = offers.entry_id
      where entries.org_id = new.org_id and entries.enquiry_id = new.id and offers.status = 'open'
    )
    or exists (
      select from public.admissions
      where
        admissions.org_id = new.org_id and admissions.enquiry_id = new.id and admissions.admitted_at is null
        and admissions.cancelled_at is null
    )
  ) then
    perform app.raise_error(
      'conflict', 'A bed is kept or on offer. Cancel or decline that first.', '{"reason": "bed_kept"}'
    );
  end if;
  if new.status = 'admitted' and old.status <> 'admitted' and not exists (
    select from public.admissions
    where
      admissions.org_id = new.org_id and admissions.enquiry_id = new.id and admissions.admitted_at is not null
  ) then
    perform app.raise_error('conflict', 'Nobody was admitted from this enquiry.');
  end if;
  return new;
end
$$;

comment on function app.guard_enquiry() is
'Trigger _200_guard: an enquiry goes step by step and is not moved while a bed is on offer; its document has its form.';

revoke all on function app.check_details(bytea, jsonb) from public;
revoke all on function app.has_form(jsonb, jsonb) from public;
revoke all on function app.guard_enquiry() from public;
grant execute on function app.check_details(bytea, jsonb) to authenticated, service_role;
grant execute on function app.has_form(jsonb, jsonb) to authenticated, service_role;
revoke all on function app.follow_enquiry() from public;
