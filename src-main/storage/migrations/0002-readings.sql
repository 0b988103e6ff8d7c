-- What was measured. Columns are ordered by width, so that a row needs no padding; no foreign keys, because they would
-- be checked for every row of every second and the writer joins on channel anyway.

create table reading (
  taken_at timestamptz not null,
  value float8,
  -- What the device said, before calibration.
  raw float8,
  channel_key int not null,
  controller_id int not null,
  -- The span the reading speaks for, s.
  covers_s float4 not null,
  -- 0 good, 1 uncertain, 2 bad.
  quality int2 not null,
  -- See REASON_CODE in repositories/reading-codes.ts.
  reason int2,
  primary key (channel_key, taken_at)
);

-- Good readings alone. Kept up to date by the writer in the transaction that stores the readings, so that late ones
-- correct them and repeated ones do not. Room in each page lets an update stay there.
create table rollup_5m (
  bucket_at timestamptz not null,
  min float8 not null,
  max float8 not null,
  sum float8 not null,
  seconds_good float8 not null,
  channel_key int not null,
  controller_id int not null,
  count int not null,
  primary key (channel_key, bucket_at)
) with (fillfactor = 80);

create table rollup_1h (like rollup_5m including all) with (fillfactor = 80);

create table rollup_1d (like rollup_5m including all) with (fillfactor = 80);
