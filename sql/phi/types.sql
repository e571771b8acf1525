create type public.access_purpose as enum (
  'treatment', 'payment', 'operations', 'patient_request', 'public_health', 'legal', 'research', 'emergency'
);
comment on type public.access_purpose is
'Why protected information is opened (45 CFR 164.506 to 164.512). `emergency` is break-glass; `patient_request` is
the person themselves or whom they sent.';

create type public.key_purpose as enum ('seal', 'index');
comment on type public.key_purpose is
'What a data key is for: sealing values, or blind indexes that find them by equality.';

create type app.unwrapped_key as (tag bytea, schedule bytea);
comment on type app.unwrapped_key is 'A data key ready for use, handed from function to function; never stored.';
