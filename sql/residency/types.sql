create type public.resident_status as enum ('expected', 'resident', 'on_leave', 'discharged', 'deceased');
comment on type public.resident_status is
'Where somebody is in their stay: admission agreed, living here, away for a while, gone, died.';

create type public.resident_topic as enum (
  'profile', 'care_plan', 'daily_notes', 'medication', 'incidents', 'documents'
);
comment on type public.resident_topic is 'What a resident can let relatives know, each for itself.';

create type public.enquiry_status as enum ('enquiry', 'assessment', 'offered', 'admitted', 'lost');
comment on type public.enquiry_status is
'Where an enquiry stands: somebody asked, their needs are assessed, a place is offered, they came, they did not.';

create type public.enquiry_source as enum (
  'website', 'phone', 'walk_in', 'relative', 'hospital', 'local_authority', 'social_worker', 'referral_partner',
  'returning', 'other'
);
comment on type public.enquiry_source is 'How somebody came to ask for a place.';

create type public.enquiry_lost_reason as enum (
  'went_elsewhere', 'stayed_home', 'no_suitable_bed', 'needs_not_met', 'funding', 'no_contact', 'died', 'other'
);
comment on type public.enquiry_lost_reason is 'Why nobody was admitted after an enquiry.';

create type public.admission_kind as enum (
  'permanent', 'respite', 'discharge_to_assess', 'reablement', 'palliative', 'emergency', 'programme'
);
comment on type public.admission_kind is
'What somebody comes for. `programme`: the programme of a recovery residence.';

create type public.discharge_reason as enum (
  'end_of_stay', 'moved_to_other_care', 'admitted_to_hospital', 'own_choice', 'against_advice', 'notice_by_provider',
  'programme_completed', 'died', 'other'
);
comment on type public.discharge_reason is 'Why a stay ended.';

create type public.discharge_destination as enum (
  'own_home', 'family_home', 'care_home', 'nursing_home', 'hospital', 'hospice', 'recovery_residence', 'other',
  'unknown'
);
comment on type public.discharge_destination is 'Where somebody went when their stay ended.';

create type public.leave_kind as enum ('hospital', 'family', 'holiday', 'pass', 'other');
comment on type public.leave_kind is
'Why somebody is away while their bed is kept. `pass`: an overnight pass of a recovery residence.';

create type public.contact_kind as enum (
  'relative', 'friend', 'attorney', 'guardian', 'advocate', 'general_practitioner', 'social_worker', 'care_coordinator',
  'sponsor', 'other'
);
comment on type public.contact_kind is 'Who a contact is to a resident, in person or by profession.';

create type public.waitlist_status as enum ('waiting', 'offered', 'placed', 'withdrawn');
comment on type public.waitlist_status is
'Where somebody on a waiting list stands: waits, has an offer to answer, took a bed, no longer waits.';

create type public.bed_offer_status as enum ('open', 'accepted', 'declined', 'expired', 'withdrawn');
comment on type public.bed_offer_status is
'What became of the offer of a bed. `withdrawn`: the bed could no longer be given, or they no longer wait.';

create type app.site_day as (site_id uuid, day date);
comment on type app.site_day is 'A day of a site, handed from function to function; never stored.';
