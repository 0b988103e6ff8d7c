-- Who writes here, and what a keeper configured. Many controllers may share one database: every table carries controller_id.

create table controller (
  id int generated always as identity primary key,
  uuid uuid not null unique,
  created_at timestamptz not null default now(),
  -- null: this controller never saved a configuration.
  config_revision int,
  -- What REEF_HARDWARE=auto was decided to be at the first start.
  hardware text,
  is_acquisition_running boolean not null default true
);

-- Devices and channels are never removed: what they recorded stays readable.
create table device (
  controller_id int not null references controller (id),
  id uuid not null,
  position int not null,
  type text not null,
  name text not null,
  params jsonb not null,
  is_enabled boolean not null,
  is_deleted boolean not null default false,
  primary key (controller_id, id)
);

create table channel (
  controller_id int not null,
  id uuid not null,
  -- What the hot tables carry in place of the id: 4 bytes a row.
  channel_key int generated always as identity unique,
  device_id uuid not null,
  position int not null,
  -- The driver's own name of it.
  driver_key text not null,
  name text not null,
  kind text not null,
  quantity text not null,
  unit text not null,
  role text not null,
  poll_interval_s float8 not null,
  limits jsonb,
  calibration jsonb,
  output jsonb,
  is_deleted boolean not null default false,
  primary key (controller_id, id),
  foreign key (controller_id, device_id) references device (controller_id, id)
);

create table loop (
  controller_id int not null references controller (id),
  id uuid not null,
  position int not null,
  config jsonb not null,
  primary key (controller_id, id)
);

create table user_account (
  controller_id int not null references controller (id),
  id uuid not null,
  username text not null,
  role text not null,
  password_hash text not null,
  created_at timestamptz not null,
  primary key (controller_id, id)
);
-- Two accounts that differ in case alone would be mistaken for each other.
create unique index user_account_username on user_account (controller_id, lower(username));

create table setting (
  controller_id int not null references controller (id),
  name text not null,
  value jsonb not null,
  primary key (controller_id, name)
);
