-- An account that was never true: the wrong line of a round, at four in the morning. It is struck out and not rewritten
-- (FHIR: entered-in-error), and the dose is open again. SECURITY DEFINER because nobody writes these tables; a role at
-- the site of the resident, in the active organization, is the authorization.
create function app.retract_administration(
  p_id uuid, p_reason public.medication_retraction_reason, p_is_back boolean
) returns public.medication_administrations
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_row public.medication_administrations;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_row := app.lock_account(p_id);
  if v_row.retraction_reason = p_reason then
    return v_row;
  end if;
  perform app.check_retractable(v_row);

  update public.medication_administrations as administrations
  set
    superseded_at = app.clock(), retracted_by = app.my_id(), retraction_reason = p_reason,
    -- Nobody is asked whether it helped.
    reminded_at = case
      when administrations.effect_due_at is not null then coalesce(administrations.reminded_at, app.clock())
    end
  where administrations.org_id = v_row.org_id and administrations.id = p_id
  returning administrations.* into v_row;
  -- Where its time is over, the job finds that it was missed, unless somebody says before how it was. What its order no
  -- longer asks for is not due again.
  update public.medication_doses as doses
  set
    status = case
      when orders.status = 'active' or doses.due_at <= app.clock() then 'planned'::public.medication_dose_status
      else 'cancelled'
    end
  from public.medication_orders as orders
  where
    doses.org_id = v_row.org_id and doses.id = v_row.dose_id
    and orders.org_id = doses.org_id and orders.id = doses.order_id;
  if p_is_back then
    perform app.put_back(v_row);
  end if;
  perform app.tell_care_site(
    v_row.org_id, v_row.site_id, '{manager,nurse}', 'medication.retracted', 'An entry was taken back',
    'Something that was recorded in a round was wrong and was taken back: {{ link }}',
    '/care/medication/administrations/' || p_id, p_id::text
  );
  return v_row;
end
$$;

comment on function app.retract_administration(uuid, public.medication_retraction_reason, boolean) is
'What public.retract_administration does; authorizes for itself.';

-- Locks are taken in one order, as where doses are recorded: dose, account, stock.
create function app.lock_account(p_id uuid) returns public.medication_administrations
language plpgsql volatile
set search_path = ''
as $$
begin
  perform
  from public.medication_doses as doses
  inner join public.medication_administrations as administrations
    on administrations.org_id = doses.org_id and administrations.dose_id = doses.id
  where administrations.org_id = app.current_org() and administrations.id = p_id
  for no key update of doses;
  return app.lock_administration(p_id);
end
$$;

comment on function app.lock_account(uuid) is
'What became of a dose at a site of the caller, and its dose, locked; not_found otherwise.';

create function app.check_retractable(p_row public.medication_administrations) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not coalesce(
    p_row.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
    or (p_row.administered_by = app.my_id() and p_row.occurred_at > app.clock() - interval '24 hours'),
    false
  ) then
    perform app.raise_error(
      'permission_denied', 'You take back what you have signed yourself, for 24 hours.',
      p_hint => 'Ask a nurse or the manager.'
    );
  end if;
  if p_row.superseded_at is not null then
    perform app.raise_error('conflict', 'This account no longer holds.', '{"reason": "superseded"}');
  end if;
  if p_row.status not in ('given', 'refused', 'withheld') then
    perform app.raise_error(
      'conflict', 'Only what was given, refused or withheld is taken back.',
      jsonb_build_object('status', p_row.status),
      case p_row.status
        when 'awaiting_witness' then 'Whoever is asked to witness it says that they did not see it.'
        else 'Record how it really was.'
      end
    );
  end if;
end
$$;

comment on function app.check_retractable(public.medication_administrations) is
'Ends the request unless the caller may take this account of a dose back now.';

-- Of a controlled drug that is a line of the register like any other: it takes two signatures.
create function app.put_back(p_row public.medication_administrations) returns void
language sql volatile
set search_path = ''
as $$
  select app.move_stock(
    movements.org_id, movements.stock_id, 'adjusted', -movements.quantity, app.clock(), p_retracted_id => p_row.id
  )
  from public.medication_stock_movements as movements
  where
    movements.org_id = p_row.org_id and movements.administration_id = p_row.id and movements.status = 'confirmed'
$$;

comment on function app.put_back(public.medication_administrations) is
'Puts back into its stock what an account had taken from it that was recorded in error.';

revoke all on function app.retract_administration(uuid, public.medication_retraction_reason, boolean) from public;
revoke all on function app.lock_account(uuid) from public;
revoke all on function app.check_retractable(public.medication_administrations) from public;
revoke all on function app.put_back(public.medication_administrations) from public;
grant execute on function app.retract_administration(uuid, public.medication_retraction_reason, boolean)
to authenticated;
