import pg from "pg";
import { describe, expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { faultFrom, isConnectionTrouble } from "#main/storage/faults.ts";

function databaseError(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError("relation \"secret\" of select 'hunter2'", 0, "error");
  error.code = code;
  return error;
}
function nodeError(code: string): Error {
  return Object.assign(new Error(`connect ${code} postgres://u:hunter2@h`), { code });
}

describe("what pg and Node throw becomes a fault", () => {
  test.each([
    ["53300", "database-away", false],
    ["53100", "database-away", false],
    ["57P01", "database-away", true],
    ["57P03", "database-away", true],
    ["57014", "database-away", false],
    ["08006", "database-away", true],
    ["40P01", "database-away", false],
    ["25006", "database-away", false],
    ["28P01", "bad-setting", false],
    ["28000", "bad-setting", false],
    ["3D000", "bad-setting", false],
    ["42501", "bad-setting", false],
    ["23505", "conflict", false],
    ["22P05", "invalid", false],
    ["42P01", "internal", false],
    ["22P02", "internal", false],
  ])("SQLSTATE %s is %s (connection trouble: %s)", (sqlState, code, isTrouble) => {
    const fault = faultFrom(databaseError(sqlState));
    expect(fault).toMatchObject({ code, context: { sqlState } });
    expect(isConnectionTrouble(fault)).toBe(isTrouble);
    expect(fault.message).not.toContain("hunter2");
  });

  test.each(["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ENOTFOUND", "ETIMEDOUT"])(
    "%s is database-away",
    (code) => {
      const fault = faultFrom(nodeError(code));
      expect(fault.code).toBe("database-away");
      expect(isConnectionTrouble(fault)).toBe(true);
    },
  );

  test.each([
    ["Connection terminated unexpectedly", "database-away"],
    ["Connection terminated due to connection timeout", "database-away"],
    ["Query read timeout", "database-away"],
    ["timeout exceeded when trying to connect", "database-away"],
    ["timeout expired", "database-away"],
    ["Client has encountered a connection error and is not queryable", "database-away"],
    ["Cannot use a pool after calling end on the pool", "stopping"],
    ["The server does not support SSL connections", "bad-setting"],
    ["anything else", "internal"],
  ])("pg's “%s” is %s", (words, code) => {
    expect(faultFrom(new Error(words)).code).toBe(code);
  });

  test("one of several tries speaks for all", () => {
    expect(faultFrom(new AggregateError([nodeError("ECONNREFUSED"), nodeError("EHOSTUNREACH")])).code).toBe(
      "database-away",
    );
    expect(faultFrom(new AggregateError([])).code).toBe("internal");
  });

  test("a fault stays what it is, and what is no error is a bug", () => {
    const fault = new ReefFault("conflict", "x");
    expect(faultFrom(fault)).toBe(fault);
    expect(faultFrom("text").code).toBe("internal");
  });

  test("nothing of the original's text is kept", () => {
    for (const error of [databaseError("42P01"), nodeError("ECONNREFUSED"), nodeError("EWEIRD")]) {
      const fault = faultFrom(error);
      expect([fault.message, JSON.stringify(fault.context), String(fault.cause)].join(" ")).not.toContain(
        "hunter2",
      );
    }
  });
});
