create type public.staff_skill as enum ('care', 'senior_care', 'nursing', 'medication', 'domestic', 'catering');
comment on type public.staff_skill is
'What a shift needs and somebody can do: care, leading a shift of carers, nursing, giving medication, house, kitchen.';

create type public.rota_status as enum ('draft', 'published');
comment on type public.rota_status is
'Where the rota of a week stands: being planned, seen by planners only; or told to those who work.';

create type public.availability_kind as enum ('unavailable', 'preferred');
comment on type public.availability_kind is
'What somebody says of a stretch of time: they cannot work, or would like to.';

-- In this order they are told, the one to look at first first.
create type public.assignment_refusal as enum (
  'not_employed', 'no_role', 'skill', 'training', 'unavailable', 'double_booking', 'rest', 'weekly_maximum', 'full'
);
comment on type public.assignment_refusal is
'Why somebody cannot work a shift: not employed then, no role at the site, skill not theirs, training or a check missing
or expired, not available, at work elsewhere then, too little rest before or after, too many minutes in the week; or the
shift has everybody it needs.';

create type public.shift_offer_status as enum ('open', 'claimed', 'withdrawn');
comment on type public.shift_offer_status is
'What became of an offered place: open, taken by somebody, no longer offered.';

create type public.shift_swap_status as enum ('requested', 'accepted', 'approved', 'declined', 'cancelled');
comment on type public.shift_swap_status is
'Where a swap stands: asked for, agreed on by the colleague, carried out by a manager; turned down, taken back.';

create type public.rota_proposal_status as enum ('proposed', 'applied', 'superseded');
comment on type public.rota_proposal_status is
'What became of a proposal for a week: to be looked at, carried out, replaced by a newer one.';
