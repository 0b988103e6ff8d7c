/**
 * The schema, one step a version (PRAGMA user_version counts them), forward only. A step that has shipped is never
 * edited. `spool.ordinal` numbers what waits without gaps, so that its size is a subtraction and not a scan.
 */
export const MIGRATIONS: readonly string[] = [
  `create table document (name text primary key, body text not null) without rowid;
   create table secret (name text primary key, value text not null) without rowid;
   create table refresh_token (
     token_hash text primary key,
     family_id text not null,
     user_id text not null,
     issued_at_ms integer not null,
     expires_at_ms integer not null,
     is_used integer not null
   ) without rowid;
   create table output_state (channel_id text primary key, body text not null) without rowid;
   create table spool (
     sequence integer primary key,
     ordinal integer not null,
     rows integer not null,
     sources blob not null,
     payload blob not null
   );
   create table spool_source (number integer primary key, source text not null unique);
   create table spool_mark (sequence integer not null);
   insert into spool_mark values (0);`,
  `create table alarm_memory (alarm_id text primary key, body text not null) without rowid;
   create table alarm_event (id text primary key, body text not null) without rowid;
   create table alarm_announcement (id text primary key, body text not null) without rowid;`,
  "create table delivery (id text primary key, body text not null) without rowid",
];

/** Read from end to end at every start: small, and what the tank and its keeper cannot do without. */
export const SMALL_TABLES = [
  "document",
  "secret",
  "refresh_token",
  "output_state",
  "spool_mark",
  "alarm_memory",
  "alarm_event",
  "alarm_announcement",
  "delivery",
] as const;
