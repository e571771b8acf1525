create type public.note_kind as enum ('day', 'night');
comment on type public.note_kind is 'Which shift wrote the note.';
