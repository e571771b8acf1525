-- Handovers are written here. SECURITY DEFINER because nobody writes the tables and a handover tells of more than one
-- role may read; each asks for a role at the site. The row of the handover is held meanwhile: nothing is added to one
-- that is being acknowledged.
create function app.hold_handover(p_id uuid) returns public.handovers
language plpgsql volatile
set search_path = ''
as $$
declare
  v_held public.handovers;
begin
  select handovers.* into v_held
  from public.handovers
  where
    handovers.org_id = app.current_org() and handovers.id = p_id
    and handovers.site_id = any(app.my_sites('manager', 'care_manager', 'nurse', 'clinician', 'carer'))
  for update;
  if v_held.id is null then
    perform app.raise_error('not_found', 'There is no such handover at your sites.');
  end if;
  return v_held;
end
$$;

comment on function app.hold_handover(uuid) is
'A handover of a site where the caller gives care, held until the transaction ends; not_found if there is none.';

create function app.require_open_handover(p_handover public.handovers) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_handover.closed_at is not null then
    perform app.raise_error(
      'conflict', 'This handover was acknowledged: nothing is added.', p_hint => 'Build the next one.'
    );
  end if;
end
$$;

comment on function app.require_open_handover(public.handovers) is
'Ends the request with conflict if somebody has acknowledged a handover.';

create function app.build_handover(p_site_id uuid, p_starts_at timestamptz, p_ends_at timestamptz)
returns public.handovers
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_ends_at constant timestamptz := coalesce(p_ends_at, app.clock());
  v_starts_at timestamptz := p_starts_at;
  v_made public.handovers;
  v_id uuid;
begin
  perform app.require_carer();
  if not coalesce(
    p_site_id = any(app.my_sites('manager', 'care_manager', 'nurse', 'clinician', 'carer')), false
  ) then
    perform app.raise_error('not_found', 'You have no such site.');
  end if;
  if v_starts_at is null then
    select max(handovers.ends_at) into v_starts_at
    from public.handovers
    where
      handovers.org_id = v_org_id and handovers.site_id = p_site_id
      and handovers.ends_at < v_ends_at and handovers.ends_at >= v_ends_at - interval '48 hours';
    v_starts_at := coalesce(v_starts_at, v_ends_at - interval '12 hours');
  end if;
  perform app.check_input(
    'p_starts_at', v_ends_at > v_starts_at and v_ends_at <= v_starts_at + interval '48 hours',
    'A handover is about 48 hours at most.'
  );

  insert into public.handovers (org_id, site_id, starts_at, ends_at)
  values (v_org_id, p_site_id, v_starts_at, v_ends_at)
  on conflict (org_id, site_id, starts_at, ends_at) do nothing;
  select handovers.id into v_id
  from public.handovers
  where
    handovers.org_id = v_org_id and handovers.site_id = p_site_id
    and handovers.starts_at = v_starts_at and handovers.ends_at = v_ends_at;
  v_made := app.hold_handover(v_id);
  perform app.require_open_handover(v_made);
  insert into public.handover_items (
    org_id, handover_id, resident_id, site_id, source, source_id, priority, occurred_at
  )
  select
    v_org_id, v_made.id, events.resident_id, p_site_id, events.source, events.source_id, events.priority,
    events.occurred_at
  from app.handover_events(v_org_id, p_site_id, v_starts_at, v_ends_at) as events
  order by events.priority, events.occurred_at, events.source_id
  on conflict (org_id, handover_id, source, source_id) do nothing;
  return v_made;
end
$$;

comment on function app.build_handover(uuid, timestamptz, timestamptz) is
'What public.build_handover does; authorizes for itself.';

create function app.add_handover_item(
  p_handover_id uuid, p_note text, p_resident_id uuid, p_priority public.handover_priority
) returns public.handover_items
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_handover public.handovers;
  v_site_id uuid;
  v_made public.handover_items;
begin
  perform app.require_carer();
  v_handover := app.hold_handover(p_handover_id);
  v_site_id := case when p_resident_id is null then v_handover.site_id else app.care_site(p_resident_id) end;
  if v_site_id <> v_handover.site_id then
    perform app.raise_error('not_found', 'There is no such resident at the site of this handover.');
  end if;
  perform app.require_open_handover(v_handover);
  insert into public.handover_items (
    org_id, handover_id, resident_id, site_id, source, priority, occurred_at, note
  )
  values (
    v_handover.org_id, v_handover.id, p_resident_id, v_site_id, 'entered', p_priority, app.clock(), app.plain(p_note)
  )
  returning * into v_made;
  return v_made;
end
$$;

comment on function app.add_handover_item(uuid, text, uuid, public.handover_priority) is
'What public.add_handover_item does; authorizes for itself.';

create function app.acknowledge_handover(p_handover_id uuid) returns public.handover_acknowledgements
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_handover public.handovers;
  v_user_id uuid;
  v_made public.handover_acknowledgements;
begin
  perform app.require_carer();
  v_handover := app.hold_handover(p_handover_id);
  v_user_id := app.signing_staff();
  select made.* into v_made
  from public.handover_acknowledgements as made
  where made.org_id = v_handover.org_id and made.handover_id = v_handover.id and made.user_id = v_user_id;
  if found then
    return v_made;
  end if;
  if v_handover.created_by = v_user_id then
    perform app.raise_error('conflict', 'Whoever hands over does not acknowledge it: those who come in do.');
  end if;

  insert into public.handover_acknowledgements (org_id, handover_id, user_id, site_id, item_count)
  select v_handover.org_id, v_handover.id, v_user_id, v_handover.site_id, count(*)
  from public.handover_items as items
  where items.org_id = v_handover.org_id and items.handover_id = v_handover.id
  returning * into v_made;
  update public.handovers set closed_at = app.clock()
  where handovers.org_id = v_handover.org_id and handovers.id = v_handover.id and handovers.closed_at is null;
  return v_made;
end
$$;

comment on function app.acknowledge_handover(uuid) is 'What public.acknowledge_handover does; authorizes for itself.';

revoke all on function app.hold_handover(uuid) from public;
revoke all on function app.require_open_handover(public.handovers) from public;
revoke all on function app.build_handover(uuid, timestamptz, timestamptz) from public;
revoke all on function app.add_handover_item(uuid, text, uuid, public.handover_priority) from public;
revoke all on function app.acknowledge_handover(uuid) from public;
grant execute on function app.build_handover(uuid, timestamptz, timestamptz) to authenticated;
grant execute on function app.add_handover_item(uuid, text, uuid, public.handover_priority) to authenticated;
grant execute on function app.acknowledge_handover(uuid) to authenticated;
