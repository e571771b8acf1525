create type public.resident_status as enum ('expected', 'resident', 'on_leave', 'discharged', 'deceased');
comment on type public.resident_status is
'Where somebody is in their stay: admission agreed, living here, away for a while, gone, died.';

create type public.resident_topic as enum (
  'profile', 'care_plan', 'daily_notes', 'medication', 'incidents', 'documents'
);
comment on type public.resident_topic is 'What a resident can let relatives know, each for itself.';
