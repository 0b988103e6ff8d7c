import { expect, test } from "vitest";
import { SignInTurn } from "#main/api/sign-in-turn.ts";

/** A sign-in that ends when the test says so. */
function pending() {
  let succeed: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    succeed = resolve;
    fail = reject;
  });
  return { signIn: () => done, succeed, fail };
}

test("with nobody signing in there is nothing to wait for", async () => {
  await expect(new SignInTurn().over()).resolves.toBeUndefined();
});

test("what is asked meanwhile waits until all who sign in are done, whether it went well or not", async () => {
  const turn = new SignInTurn();
  const first = pending();
  const second = pending();
  const said: string[] = [];
  const taken = [turn.take(first.signIn), turn.take(second.signIn)];
  const waiting = turn.over().then(() => said.push("asked"));
  const outcomes = Promise.allSettled(taken);
  first.fail(new Error("a wrong password"));
  await expect(taken[0]).rejects.toThrow("a wrong password");
  said.push("first done");
  second.succeed();
  await waiting;
  expect(said).toEqual(["first done", "asked"]);
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});

test("those who sign in do so one after the other: the last is who the line belongs to", async () => {
  const turn = new SignInTurn();
  const first = pending();
  const said: string[] = [];
  const one = turn.take(async () => {
    await first.signIn();
    said.push("first");
  });
  const two = turn.take(async () => void said.push("second"));
  first.succeed();
  await Promise.all([one, two]);
  expect(said).toEqual(["first", "second"]);
});

test("no more than a page asks may wait", async () => {
  const turn = new SignInTurn();
  const first = pending();
  const taken = turn.take(first.signIn);
  const waiting = Array.from({ length: 100 }, () => turn.over());
  await expect(turn.over()).rejects.toMatchObject({ code: "too-many-requests" });
  first.succeed();
  await Promise.all([taken, ...waiting]);
  await expect(turn.over()).resolves.toBeUndefined();
});
