-- Where to turn in a crisis. Numbers that anybody may ring, so nothing is asked of whoever wants them: no feature, no
-- consent, no role, no second factor, and a session that has just ended is no reason either. SECURITY DEFINER because
-- the policy of the library asks who is signed in.
create function app.crisis_contacts(p_country_code text) returns setof public.resilience_resources
language sql stable
security definer
set search_path = ''
as $$
  select resources.*
  from public.resilience_resources as resources
  where resources.is_crisis and resources.is_active and resources.deleted_at is null
    -- A country without a line of its own, or misspelt, gets all there are.
    and (
      resources.country_code is null
      or resources.country_code = upper(p_country_code)
      or not exists (
        select from public.resilience_resources as national
        where
          national.is_crisis and national.is_active and national.deleted_at is null
          and national.country_code = upper(p_country_code)
      )
    )
  order by resources.country_code nulls last, resources.title, resources.id
$$;

comment on function app.crisis_contacts(text) is
'The crisis lines of a country, or all of them; no question is asked of the caller.';

-- For a screening that somebody answered with thoughts of harming themselves: in the same answer, and never later.
-- SECURITY DEFINER because nobody writes the acknowledgements; bound to the caller's own id.
create function app.show_crisis_contacts(p_country_code text default null) returns setof public.resilience_resources
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  -- Asked first, because the others refuse a session that has ended or lacks a second factor.
  if app.reachable_org() is not null then
    insert into public.provider_crisis_acknowledgements (org_id, practitioner_id, user_id, shown_at)
    select app.current_org(), app.my_practitioner(), app.my_id(), app.clock()
    where app.my_id() is not null;
  end if;
  return query select contacts.* from app.crisis_contacts(p_country_code) as contacts;
end
$$;

comment on function app.show_crisis_contacts(text) is
'The crisis lines, at once, and a row that says that the caller was shown them; acknowledge_crisis_contacts() says that
they saw them. For functions of the room that hear of danger.';

create function app.acknowledge_crisis_contacts() returns timestamptz
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_now constant timestamptz := app.clock();
begin
  perform app.require_member();
  perform app.require_person();
  update public.provider_crisis_acknowledgements as shown set acknowledged_at = v_now
  where shown.org_id = app.current_org() and shown.user_id = app.my_id() and shown.acknowledged_at is null;
  if not found then
    insert into public.provider_crisis_acknowledgements (
      org_id, practitioner_id, user_id, shown_at, acknowledged_at
    )
    values (app.current_org(), app.my_practitioner(), app.my_id(), v_now, v_now);
  end if;
  return v_now;
end
$$;

comment on function app.acknowledge_crisis_contacts() is
'What public.acknowledge_crisis_contacts does; bound to the caller''s own id.';

revoke all on function app.crisis_contacts(text) from public;
revoke all on function app.show_crisis_contacts(text) from public;
revoke all on function app.acknowledge_crisis_contacts() from public;
grant execute on function app.crisis_contacts(text) to authenticated;
grant execute on function app.show_crisis_contacts(text) to authenticated;
grant execute on function app.acknowledge_crisis_contacts() to authenticated;
