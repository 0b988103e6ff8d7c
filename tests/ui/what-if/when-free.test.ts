import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { whenFree } from "../../../src-renderer/features/what-if/when-free.ts";

function refusal(code: string): Error {
  return TRPCClientError.from({
    error: { code: -32_000, message: "refused", data: { fault: code, details: [] } },
  } as never);
}

test("while another preview is worked out it is asked again; anything else is told at once", async () => {
  const { signal } = new AbortController();
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked < 3) throw refusal("too-many-requests");
    return "answer";
  };
  await expect(whenFree(ask, { signal, wait })).resolves.toBe("answer");
  expect(waits).toEqual([1_000, 1_000]);
  const invalid = async () => {
    throw refusal("invalid");
  };
  await expect(whenFree(invalid, { signal, wait })).rejects.toThrow("refused");
  expect(waits).toHaveLength(2);
});

test("who cancels while it waits is not asked for again", async () => {
  const control = new AbortController();
  let asked = 0;
  const busy = async () => {
    asked += 1;
    throw refusal("too-many-requests");
  };
  const wait = async () => control.abort();
  await expect(whenFree(busy, { signal: control.signal, wait })).rejects.toThrow();
  expect(asked).toBe(1);
});

test("it is not asked for ever", async () => {
  const { signal } = new AbortController();
  let asked = 0;
  const busy = async () => {
    asked += 1;
    throw refusal("too-many-requests");
  };
  await expect(whenFree(busy, { signal, wait: async () => undefined })).rejects.toThrow("refused");
  expect(asked).toBeLessThan(200);
});
