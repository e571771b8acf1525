create type public.instrument_license_kind as enum ('free', 'attribution', 'non_commercial', 'proprietary');
comment on type public.instrument_license_kind is
'What an instrument''s licence allows: anything; anything that names its authors; no business; nothing without a
contract.';

create type public.instrument_status as enum ('draft', 'active', 'retired');
comment on type public.instrument_status is
'Whether a version of an instrument is being prepared, in use, or was replaced.';

create type public.instrument_method as enum ('sum', 'mean', 'single');
comment on type public.instrument_method is 'How the values of a scale''s items become its score.';
