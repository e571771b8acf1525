-- Whoever works at a site reports what happens there, whatever their role. SECURITY DEFINER because nobody writes
-- incidents; the sites of the caller's roles as staff are the authorization.
create function app.report_incident(
  p_site_id uuid, p_kind public.incident_kind, p_severity public.incident_severity, p_occurred_at timestamptz,
  p_description text, p_injury_level public.incident_severity, p_body_map jsonb, p_people jsonb,
  p_is_restricted boolean, p_request_key uuid
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  perform app.require_feature('care_homes');
  perform app.require_staff();
  if not p_site_id = any(app.my_sites(variadic app.staff_roles())) then
    perform app.raise_error('not_found', 'There is no such site where you work.');
  end if;
  insert into public.incidents (
    org_id, site_id, kind, severity, occurred_at, reported_by, request_key, description, injury_level, body_map,
    is_restricted
  )
  values (
    app.current_org(), p_site_id, p_kind, p_severity, p_occurred_at, app.my_id(), p_request_key,
    app.plain(p_description), p_injury_level, app.plain(nullif(p_body_map, '[]')),
    coalesce(p_is_restricted, p_kind = 'safeguarding')
  )
  on conflict (org_id, reported_by, request_key) where request_key is not null do nothing
  returning * into v_incident;
  if v_incident.id is null then
    return (
      select known.id from public.incidents as known
      where
        known.org_id = app.current_org() and known.reported_by = app.my_id() and known.request_key = p_request_key
    );
  end if;

  perform app.add_incident_person(
    v_incident, people.person ->> 'role', (people.person ->> 'resident_id')::uuid,
    (people.person ->> 'staff_id')::uuid, people.person ->> 'name', (people.person ->> 'informed_at')::timestamptz
  )
  from jsonb_array_elements(p_people) as people (person);
  return v_incident.id;
end
$$;

comment on function app.report_incident(
  uuid, public.incident_kind, public.incident_severity, timestamptz, text, public.incident_severity, jsonb, jsonb,
  boolean, uuid
) is 'What public.report_incident does; authorizes for itself.';

create function app.are_incident_people(p_people jsonb) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return jsonb_typeof(p_people) = 'array' and jsonb_array_length(p_people) <= 20 and not exists (
    select
    from jsonb_array_elements(p_people) as people (person)
    where
      jsonb_typeof(people.person) <> 'object'
      or people.person - '{role,resident_id,staff_id,name,informed_at}'::text[] <> '{}'
      or (people.person ->> 'role' = any(enum_range(null::public.incident_person_role)::text[])) is not true
      or num_nonnulls(people.person ->> 'resident_id', people.person ->> 'staff_id', people.person ->> 'name') <> 1
      or length(people.person ->> 'name') > 200 or people.person ->> 'name' !~ '\S'
      or coalesce(people.person ->> 'resident_id', people.person ->> 'staff_id')
      !~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
      or (people.person ->> 'informed_at')::timestamptz > app.clock() + interval '5 minutes'
  );
exception when data_exception then
  return false;
end
$$;

comment on function app.are_incident_people(jsonb) is
'Whether these are at most 20 people {role, resident_id | staff_id | name, informed_at}.';

create function public.report_incident(
  p_site_id uuid,
  p_kind public.incident_kind,
  p_severity public.incident_severity,
  p_occurred_at timestamptz,
  p_description text,
  p_injury_level public.incident_severity default 'none',
  p_body_map jsonb default '[]',
  p_people jsonb default '[]',
  p_is_restricted boolean default null,
  p_request_key uuid default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say where it happened.');
  perform app.check_input('p_kind', p_kind is not null, 'Say what kind of incident it was.');
  perform app.check_input('p_severity', p_severity is not null, 'Say how severe it was.');
  perform app.check_input('p_injury_level', p_injury_level is not null, 'Say whether anybody was hurt.');
  perform app.check_input(
    'p_occurred_at',
    p_occurred_at <= app.clock() + interval '5 minutes' and p_occurred_at > app.clock() - interval '5 years',
    'Say when it happened; it has happened, and not years ago.'
  );
  perform app.check_input(
    'p_description', length(p_description) <= 4000 and p_description ~ '\S', 'It is described in 1 to 4000 characters.'
  );
  perform app.check_input(
    'p_body_map', app.are_body_points(p_body_map),
    'A body map has at most 50 points of x, y (0 to 1000), side and kind.'
  );
  perform app.check_input(
    'p_people', app.are_incident_people(p_people),
    'At most 20 people, each with a role and one of resident_id, staff_id and name.'
  );
  return app.report_incident(
    p_site_id, p_kind, p_severity, p_occurred_at, p_description, p_injury_level, p_body_map, p_people,
    p_is_restricted, p_request_key
  );
end
$$;

comment on function public.report_incident(
  uuid, public.incident_kind, public.incident_severity, timestamptz, text, public.incident_severity, jsonb, jsonb,
  boolean, uuid
) is
'Reports an incident at a site where the caller works; its id. Sets its clocks; a severe one is told at once. For
staff.
p_site_id: where it happened; it stays there. p_kind, p_severity: as far as is known; regrade_incident() corrects.
p_occurred_at: when, at most five years ago.
p_description: what happened, 1 to 4000 characters; stored sealed.
p_injury_level: the worst injury. p_body_map: [{"x": 0..1000, "y": 0..1000, "side": front | back | left | right, "kind":
bruise | cut | skin_tear | burn | pressure | swelling | fracture | pain | other}], at most 50; stored sealed.
p_people: [{"role": involved | witness | informed, "resident_id" | "staff_id" | "name", "informed_at"}], at most 20.
p_is_restricted: for managers, owners, compliance leads and the caller only; null: if it is about safeguarding.
p_request_key: a uuid of your own for this report; sent again under it, it is the same report.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.report_incident(
  uuid, public.incident_kind, public.incident_severity, timestamptz, text, public.incident_severity, jsonb, jsonb,
  boolean, uuid
) from public;
grant execute on function app.report_incident(
  uuid, public.incident_kind, public.incident_severity, timestamptz, text, public.incident_severity, jsonb, jsonb,
  boolean, uuid
) to authenticated;
revoke all on function app.are_incident_people(jsonb) from public;
grant execute on function app.are_incident_people(jsonb) to authenticated;
revoke all on function public.report_incident(
  uuid, public.incident_kind, public.incident_severity, timestamptz, text, public.incident_severity, jsonb, jsonb,
  boolean, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.report_incident(
  uuid, public.incident_kind, public.incident_severity, timestamptz, text, public.incident_severity, jsonb, jsonb,
  boolean, uuid
) to authenticated;
