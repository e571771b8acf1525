-- Names and values of the code systems that FHIR R4 binds these elements to.
create type public.administrative_gender as enum ('male', 'female', 'other', 'unknown');
comment on type public.administrative_gender is 'FHIR R4 AdministrativeGender.';

create type public.encounter_status as enum (
  'planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled', 'entered-in-error', 'unknown'
);
comment on type public.encounter_status is 'FHIR R4 EncounterStatus.';
