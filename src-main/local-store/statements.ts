/** Every statement of the small tables; the spool has its own. Columns are named as the ports name them. */
export const STATEMENTS = {
  loadTokens: `
    select token_hash as tokenHash, family_id as familyId, user_id as userId, issued_at_ms as issuedAtMs,
           expires_at_ms as expiresAtMs, is_used as isUsed
    from refresh_token order by issued_at_ms, token_hash`,
  putToken: "insert or replace into refresh_token values (?, ?, ?, ?, ?, ?)",
  markTokenUsed: "update refresh_token set is_used = 1 where token_hash = ?",
  removeFamily: "delete from refresh_token where family_id = ?",
  removeUser: "delete from refresh_token where user_id = ?",
  removeExpired: "delete from refresh_token where expires_at_ms <= ?",

  getSecret: "select value from secret where name = ?",
  putSecret: "insert or replace into secret values (?, ?)",
  removeSecret: "delete from secret where name = ?",

  getDocument: "select body from document where name = ?",
  putDocument: "insert or replace into document values (?, ?)",
  putDocumentOnce: "insert or ignore into document values (?, ?)",

  loadOutputs: "select body from output_state order by channel_id",
  putOutput: "insert or replace into output_state values (?, ?)",

  loadAlarmMemories: "select alarm_id as id, body from alarm_memory",
  putAlarmMemory: "insert or replace into alarm_memory values (?, ?)",
  removeAlarmMemory: "delete from alarm_memory where alarm_id = ?",
  // Ids sort by creation.
  loadAlarmEvents: "select id, body from alarm_event order by id",
  putAlarmEvent: "insert or replace into alarm_event values (?, ?)",
  removeAlarmEvent: "delete from alarm_event where id = ?",
  loadAnnouncements: "select id, body from alarm_announcement order by id",
  putAnnouncement: "insert or replace into alarm_announcement values (?, ?)",
  removeAnnouncement: "delete from alarm_announcement where id = ?",
  loadDeliveries: "select id, body from delivery order by id",
  addDeliveries: `
    insert or ignore into delivery (id, body)
    select json_extract(value, '$.id'), json_extract(value, '$.body') from json_each(?)`,
  putDeliveries: `
    insert or replace into delivery (id, body)
    select json_extract(value, '$.id'), json_extract(value, '$.body') from json_each(?)`,
  removeDeliveries: "delete from delivery where id in (select value from json_each(?))",

  reserveSequence: "update spool_mark set sequence = max(sequence, ?)",
} as const;

export type StatementName = keyof typeof STATEMENTS;
