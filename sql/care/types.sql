-- Medication ----------------------------------------------------------------------------------------------------------

create type public.medication_route as enum (
  'oral', 'sublingual', 'buccal', 'topical', 'transdermal', 'inhaled', 'nasal', 'eye', 'ear', 'rectal', 'vaginal',
  'subcutaneous', 'intramuscular', 'intravenous', 'enteral', 'other'
);
comment on type public.medication_route is 'How a medicine gets into the body.';

create type public.medication_order_status as enum ('active', 'paused', 'stopped');
comment on type public.medication_order_status is
'Where an order stands: given, not given for a while, never again. FHIR: active, on-hold, stopped.';

create type public.medication_order_change as enum ('created', 'paused', 'resumed', 'stopped', 'replaced');
comment on type public.medication_order_change is 'What became of an order.';

create type public.medication_dose_status as enum (
  'planned', 'awaiting_witness', 'given', 'refused', 'withheld', 'missed', 'not_witnessed', 'cancelled'
);
comment on type public.medication_dose_status is
'What became of a planned dose; cancelled: its order was paused, stopped or replaced before it was due.';

create type public.medication_administration_status as enum (
  'awaiting_witness', 'given', 'refused', 'withheld', 'missed', 'not_witnessed'
);
comment on type public.medication_administration_status is
'What became of a dose. A controlled drug awaits its witness before it counts as given; not_witnessed: they declined.';

create type public.medication_reason as enum (
  'declined', 'asleep', 'away', 'nil_by_mouth', 'nausea', 'unable_to_swallow', 'clinical_decision', 'side_effect',
  'out_of_stock', 'other'
);
comment on type public.medication_reason is 'Why a dose was refused or withheld.';

create type public.medication_effect as enum ('effective', 'partly_effective', 'not_effective', 'adverse');
comment on type public.medication_effect is 'Whether what was given as needed helped; adverse: it did harm.';

create type public.stock_movement_kind as enum ('received', 'administered', 'returned', 'destroyed', 'adjusted');
comment on type public.stock_movement_kind is
'Why a stock changed: delivered, given, back to the pharmacy, disposed of, put right after a discrepancy.';

create type public.signature_status as enum ('awaiting_witness', 'confirmed', 'declined');
comment on type public.signature_status is 'Whether what one person recorded is signed for by all who have to.';

create type public.discrepancy_status as enum ('open', 'explained', 'reported');
comment on type public.discrepancy_status is 'Where a discrepancy stands: nobody knows, somebody does, it is an incident.';
