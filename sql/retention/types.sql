create type public.legal_hold_reason as enum ('litigation', 'investigation', 'regulator', 'records_request', 'other');
comment on type public.legal_hold_reason is
'Why rows are kept that would be deleted: a lawsuit, an investigation, a regulator, a request for records, or else.';
