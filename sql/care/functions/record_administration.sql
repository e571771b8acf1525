create function public.record_administration(
  p_dose_id uuid,
  p_status public.medication_administration_status,
  p_request_key uuid,
  p_reason_code public.medication_reason default null,
  p_note text default null,
  p_occurred_at timestamptz default null
) returns public.medication_administrations
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row public.medication_administrations;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_request_key', p_request_key is not null, 'Give the request a key.');
  perform app.check_input('p_dose_id', p_dose_id is not null, 'Say which dose.');
  perform app.check_input(
    'p_status', p_status in ('given', 'refused', 'withheld'), 'A dose is given, refused or withheld.'
  );
  perform app.check_input(
    'p_reason_code', (p_status = 'given') = (p_reason_code is null), 'Say why it was not given, and only then.'
  );
  perform app.check_input(
    'p_note', coalesce(length(p_note) between 1 and 1000, true), 'A note has 1 to 1000 characters.'
  );
  perform app.check_input(
    'p_occurred_at',
    coalesce(
      p_occurred_at >= app.clock() - interval '24 hours' and p_occurred_at <= app.clock() + interval '5 minutes', true
    ),
    'It was within the last 24 hours.'
  );
  v_row.dose_id := p_dose_id;
  v_row.status := p_status;
  v_row.request_key := p_request_key;
  v_row.reason_code := p_reason_code;
  v_row.note := app.plain(p_note);
  v_row.occurred_at := p_occurred_at;
  return app.record_administration(v_row);
end
$$;

comment on function public.record_administration(
  uuid, public.medication_administration_status, uuid, public.medication_reason, text, timestamptz
) is
'Says what became of a planned dose, signed by the caller. A controlled drug is awaiting_witness until
witness_administration(). Of a dose that was missed, or not witnessed, it can still be said how it really was; the
earlier account stays, superseded. For carers, nurses, clinicians and managers, at their sites.
p_dose_id: the dose. p_status: given, refused, withheld.
p_request_key: made by the caller for this request; sent again, it answers with what it recorded, once.
p_reason_code: why it was refused or withheld; null if it was given. p_note: 1 to 1,000 characters; sealed.
p_occurred_at: when, within the last 24 hours; null: now.
Errors: conflict with details: status (recorded already), reason too_early with possible_at, next_is_due, not_in_stock;
feature_disabled, permission_denied (also: not employed here), not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.record_administration(
  uuid, public.medication_administration_status, uuid, public.medication_reason, text, timestamptz
)
from public, anon, authenticated, service_role;
grant execute on function public.record_administration(
  uuid, public.medication_administration_status, uuid, public.medication_reason, text, timestamptz
) to authenticated;
