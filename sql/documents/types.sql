create type public.storage_bucket as enum ('resident-docs', 'incident-evidence', 'policy-files', 'staff-files');
comment on type public.storage_bucket is
'Where a file is kept, by who may read it: documents of residents, evidence of incidents, policies for all staff,
certificates and checks of members of staff.';

create type public.scan_status as enum ('pending', 'clean', 'infected', 'failed', 'unscanned');
comment on type public.scan_status is
'What the virus scanner says of a file: not yet looked at, nothing found, something found, not what was announced or
not readable, or that whoever runs this installation has no scanner.';

create type public.resident_document_category as enum (
  'identity', 'legal', 'consent', 'contract', 'medical', 'advance_decision', 'photograph', 'other'
);
comment on type public.resident_document_category is 'What a document of a resident is.';
