create type public.work_setting as enum (
  'home_health', 'clinic', 'telehealth', 'skilled_nursing', 'hospital', 'community', 'office', 'other'
);
comment on type public.work_setting is 'Where a provider mainly worked on a day.';

create type public.resilience_category as enum (
  'mindfulness', 'stress_management', 'cognitive_reframing', 'self_compassion', 'boundaries', 'communication', 'sleep',
  'moral_distress', 'grief', 'peer_support', 'crisis'
);
comment on type public.resilience_category is 'What a training module or resource helps with.';

create type public.training_content_type as enum ('article', 'video', 'audio', 'exercise', 'worksheet');
comment on type public.training_content_type is 'How a training module is taken.';

create type public.resilience_resource_kind as enum (
  'crisis_line', 'service', 'article', 'exercise', 'video', 'app', 'book'
);
comment on type public.resilience_resource_kind is
'What a resource is; a crisis line answers people in danger now, a service everybody else.';

create type public.meeting_frequency as enum ('weekly', 'fortnightly', 'monthly', 'as_needed');
comment on type public.meeting_frequency is 'How often a support circle meets.';

create type public.participation_level as enum ('anonymous', 'aggregate_only', 'may_be_contacted');
comment on type public.participation_level is
'How far a provider takes part: unknown to everyone; only in figures of five and more; also offered help in person.';

create type public.burnout_risk_level as enum ('low', 'moderate', 'high', 'critical');
comment on type public.burnout_risk_level is 'How much at risk of burnout a provider is, by this project''s own bands.';
