-- Opening cases, for rules of every room. Not definers and granted to nobody: those who call them have authorized for
-- themselves.
create function app.intervention_terms(
  p_kind public.intervention_kind, out due_days integer, out rescore_days integer
)
language sql immutable
set search_path = ''
as $$
  select terms.due_days, terms.rescore_days
  from (
    values
      ('circle_invitation'::public.intervention_kind, 14, 56),
      ('peer_support', 7, 28),
      ('workload_reduction', 7, 28),
      ('crisis_follow_up', 1, 14),
      ('check_in_call', 3, 14)
  ) as terms (kind, due_days, rescore_days)
  where terms.kind = p_kind
$$;

comment on function app.intervention_terms(public.intervention_kind) is
'Within how many days a case of a kind is to be acted on, and its effect to be seen.';

-- Two rules that open the same case wait for each other at the unique index; the second finds the first one's.
create function app.open_intervention(
  p_org_id uuid, p_user_id uuid, p_kind public.intervention_kind, p_rule text, p_score_before numeric default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_practitioner_id constant uuid := app.find_provider(p_org_id, p_user_id);
  v_today date;
  v_id uuid;
begin
  if v_practitioner_id is null then
    return null;
  end if;
  v_today := app.organization_day(p_org_id, app.clock());
  insert into public.provider_interventions (
    org_id, practitioner_id, user_id, kind, opened_by_rule, due_on, rescore_due_on, opened_at, score_before
  )
  select
    p_org_id, v_practitioner_id, p_user_id, p_kind, p_rule, v_today + terms.due_days, v_today + terms.rescore_days,
    app.clock(), p_score_before
  from app.intervention_terms(p_kind) as terms
  on conflict (org_id, user_id, kind) where closed_at is null do nothing
  returning id into v_id;
  if v_id is null then
    select cases.id into v_id
    from public.provider_interventions as cases
    where
      cases.org_id = p_org_id and cases.user_id = p_user_id and cases.kind = p_kind and cases.closed_at is null;
  end if;
  return v_id;
end
$$;

comment on function app.open_intervention(uuid, uuid, public.intervention_kind, text, numeric) is
'Opens a case as an offer to a provider, unless they have an open one of this kind; its id. Null for nobody who gives
care in the organization.
p_rule: the rule that asks for it. p_score_before: the burnout score that it was asked for, 0 to 100.';

-- Who sits in a circle already needs no invitation.
create function app.offer_help(
  p_org_id uuid, p_user_id uuid, p_risk_level public.burnout_risk_level, p_score numeric
) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_rule constant text := 'burnout_' || p_risk_level;
  v_circle_case uuid;
begin
  if p_risk_level not in ('high', 'critical') or app.consent_level(p_org_id, p_user_id) is null then
    return 0;
  end if;
  if not app.has_circle(p_org_id, p_user_id) then
    v_circle_case := app.open_intervention(p_org_id, p_user_id, 'circle_invitation', v_rule, p_score);
    perform app.invite_by_rule(p_org_id, p_user_id, v_circle_case);
  end if;
  perform app.open_intervention(p_org_id, p_user_id, 'peer_support', v_rule, p_score);
  if p_risk_level = 'critical' then
    perform app.open_intervention(p_org_id, p_user_id, 'workload_reduction', v_rule, p_score);
    -- What their manager would decide on; nothing without a panel, or without leave to be contacted.
    perform app.propose_relief(p_org_id, p_user_id);
  end if;
  return 1;
end
$$;

comment on function app.offer_help(uuid, uuid, public.burnout_risk_level, numeric) is
'Offers a provider at high risk a circle and peer support, at critical risk less work, too; nothing to whoever takes no
part. 1 if anything was offered. Idempotent: yes.';

-- The legal way from wherever an open case stands to an end.
create function app.end_intervention(
  p_org_id uuid, p_id uuid, p_status public.intervention_status, p_outcome public.intervention_outcome,
  p_note text default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if p_status = 'completed' then
    update public.provider_interventions as cases set status = 'open'
    where cases.org_id = p_org_id and cases.id = p_id and cases.status = 'proposed';
  end if;
  update public.provider_interventions as cases
  set status = p_status, outcome = p_outcome, note = coalesce(p_note, cases.note)
  where cases.org_id = p_org_id and cases.id = p_id and cases.closed_at is null;
end
$$;

comment on function app.end_intervention(
  uuid, uuid, public.intervention_status, public.intervention_outcome, text
) is 'Closes a case that is open; one that is closed stays as it is.';

revoke all on function app.intervention_terms(public.intervention_kind) from public;
revoke all on function app.open_intervention(uuid, uuid, public.intervention_kind, text, numeric) from public;
revoke all on function app.offer_help(uuid, uuid, public.burnout_risk_level, numeric) from public;
revoke all on function app.end_intervention(
  uuid, uuid, public.intervention_status, public.intervention_outcome, text
) from public;
