-- What is known of people who are no patients yet, and of those to be called, is one document each. It is checked on
-- its way in, because it is sealed; a message names the place that is wrong and never what is there.
create function app.check_details(p_details bytea, p_form jsonb) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_document jsonb;
  v_fault text;
begin
  begin
    v_document := convert_from(p_details, 'UTF8')::jsonb;
  -- Postgres' own message would repeat the value.
  exception when others then
    v_document := null;
  end;
  v_fault := app.form_fault(v_document, p_form);
  if v_fault is not null then
    perform app.raise_error(
      'invalid_input', v_fault, '{"field": "details"}',
      'The details have these places: ' || app.form_places(p_form) || '.'
    );
  end if;
end
$$;

comment on function app.check_details(bytea, jsonb) is
'Ends the request with invalid_input, saying which place is wrong, unless a sealed document has this form; see
app.form_fault().';

create function app.form_fault(p_document jsonb, p_form jsonb, p_place text default 'details') returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  v_key text;
  v_rule jsonb;
  v_value jsonb;
  v_fault text;
begin
  if jsonb_typeof(p_document) is distinct from 'object' then
    return format('%s is a JSON object.', p_place);
  end if;
  -- What the form does not know may be anything, also private: it is counted and not repeated.
  if p_document - array(select jsonb_object_keys(p_form)) <> '{}' then
    return format('%s has places that are not known.', p_place);
  end if;
  for v_key, v_rule in select * from jsonb_each(p_form) loop
    v_value := nullif(p_document -> v_key, 'null');
    v_fault := case
      when v_value is null then
        case when jsonb_typeof(v_rule) = 'number' and v_rule::integer < 0 then 'is missing' end
      when jsonb_typeof(v_rule) = 'object' then ''
      when v_rule = '"date"' then
        case when not app.is_day(v_value #>> '{}') then 'is a day, YYYY-MM-DD' end
      when jsonb_typeof(v_value) <> 'string' or v_value #>> '{}' = '' then 'is a text, and not an empty one'
      when length(v_value #>> '{}') > abs(v_rule::integer) then
        format('has at most %s characters', abs(v_rule::integer))
    end;
    if v_fault = '' then
      v_fault := app.form_fault(v_value, v_rule, p_place || '.' || v_key);
      if v_fault is not null then
        return v_fault;
      end if;
    elsif v_fault is not null then
      return format('%s.%s %s.', p_place, v_key, v_fault);
    end if;
  end loop;
  return null;
end
$$;

comment on function app.form_fault(jsonb, jsonb, text) is
'What is wrong with a document, naming the first place; null where it has the form: no other keys, and for each a text
of 1 to so many characters (negative: it must be there), a day ("date") or a document of that form. Null is not there.';

create function app.form_places(p_form jsonb) returns text
language sql immutable
set search_path = ''
as $$
  select string_agg(
    case jsonb_typeof(rules.value)
      when 'object' then format('%s {%s}', rules.key, app.form_places(rules.value))
      else rules.key
    end,
    ', ' order by rules.key
  )
  from jsonb_each(p_form) as rules
$$;

comment on function app.form_places(jsonb) is 'The keys of a form, for a hint.';

create function app.is_day(p_text text) returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  return p_text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and p_text::date is not null;
exception when datetime_field_overflow or invalid_datetime_format then
  return false;
end
$$;

comment on function app.is_day(text) is 'Whether a text is a day of the calendar, as YYYY-MM-DD.';

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
revoke all on function app.form_fault(jsonb, jsonb, text) from public;
revoke all on function app.form_places(jsonb) from public;
revoke all on function app.is_day(text) from public;
revoke all on function app.guard_enquiry() from public;
grant execute on function app.check_details(bytea, jsonb) to authenticated, service_role;
grant execute on function app.form_fault(jsonb, jsonb, text) to authenticated, service_role;
grant execute on function app.form_places(jsonb) to authenticated, service_role;
grant execute on function app.is_day(text) to authenticated, service_role;
revoke all on function app.follow_enquiry() from public;
