-- The second signature, and what was seen later. SECURITY DEFINER because nobody writes these tables; a role at the
-- site of the resident, in the active organization, is the authorization.
create function app.witness_administration(p_id uuid, p_confirms boolean) returns public.medication_administrations
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_row public.medication_administrations;
  v_status constant public.medication_administration_status := case
    when p_confirms then 'given' else 'not_witnessed'
  end;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  v_org_id := app.current_org();
  v_row := app.lock_administration(p_id);
  if v_row.witnessed_by = app.my_id() and v_row.status = v_status then
    return v_row;
  end if;
  perform app.require_witness(v_row.administered_by, v_row.resident_id);
  if v_row.status <> 'awaiting_witness' then
    perform app.raise_error('conflict', 'Nobody waits for a witness here.', jsonb_build_object('status', v_row.status));
  end if;

  update public.medication_administrations as administrations
  set status = v_status, witnessed_by = app.my_id(), witnessed_at = app.clock()
  where administrations.org_id = v_org_id and administrations.id = p_id
  returning administrations.* into v_row;
  update public.medication_stock_movements as movements
  set
    status = case when p_confirms then 'confirmed' else 'declined' end::public.signature_status,
    witnessed_by = app.my_id(), witnessed_at = app.clock()
  where movements.org_id = v_org_id and movements.administration_id = p_id;
  update public.medication_doses as doses set status = v_status::text::public.medication_dose_status
  where doses.org_id = v_org_id and doses.id = v_row.dose_id;
  if not p_confirms then
    perform app.tell_of_declined(v_org_id, v_row.site_id, '/care/medication/administrations/' || p_id, p_id);
  end if;
  return v_row;
end
$$;

comment on function app.witness_administration(uuid, boolean) is
'What public.witness_administration does; authorizes for itself.';

create function app.lock_administration(p_id uuid) returns public.medication_administrations
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row public.medication_administrations;
begin
  select administrations.* into v_row
  from public.medication_administrations as administrations
  where
    administrations.org_id = app.current_org() and administrations.id = p_id
    and administrations.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'))
  for no key update;
  if v_row.id is null then
    perform app.raise_error('not_found', 'There is no such administration.');
  end if;
  return v_row;
end
$$;

comment on function app.lock_administration(uuid) is
'What became of a dose at a site of the caller, locked; not_found otherwise.';

create function app.record_effect(p_administration_id uuid, p_effect public.medication_effect_grade, p_note text)
returns public.medication_effects
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_given public.medication_administrations;
  v_row public.medication_effects;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_given := app.lock_administration(p_administration_id);
  if v_given.effect_due_at is null then
    perform app.raise_error('conflict', 'Only of what was given as needed an effect is recorded.');
  end if;
  select effects.* into v_row
  from public.medication_effects as effects
  where effects.org_id = v_given.org_id and effects.administration_id = v_given.id;
  if v_row.id is not null then
    -- A repeated request finds what it recorded.
    if v_row.effect <> p_effect or v_row.recorded_by <> app.my_id() then
      perform app.raise_error('conflict', 'The effect is recorded already.');
    end if;
    return v_row;
  end if;
  if app.clock() > v_given.occurred_at + interval '24 hours' then
    perform app.raise_error('conflict', 'An effect is recorded within 24 hours.');
  end if;
  insert into public.medication_effects (
    org_id, administration_id, resident_id, site_id, effect, note, recorded_at, recorded_by
  )
  values (
    v_given.org_id, v_given.id, v_given.resident_id, v_given.site_id, p_effect, app.plain(p_note), app.clock(),
    app.my_id()
  )
  returning * into v_row;
  return v_row;
end
$$;

comment on function app.record_effect(uuid, public.medication_effect_grade, text) is
'What public.record_effect does; authorizes for itself.';

revoke all on function app.witness_administration(uuid, boolean) from public;
revoke all on function app.lock_administration(uuid) from public;
revoke all on function app.record_effect(uuid, public.medication_effect_grade, text) from public;
grant execute on function app.witness_administration(uuid, boolean) to authenticated;
grant execute on function app.record_effect(uuid, public.medication_effect_grade, text) to authenticated;
