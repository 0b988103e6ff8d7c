-- Modes: what each holds, for how long, and how its outputs come back.

create table mode (
  controller_id int not null references controller (id),
  id uuid not null,
  position int not null,
  config jsonb not null,
  primary key (controller_id, id)
);
