import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createTRPCClient, TRPCClientError } from "@trpc/client";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { AppRouter } from "#main/api/app-router.ts";
import { HEATER_ID } from "#tests/fakes/fake-services.ts";
import { WebBench } from "#tests/web-bench.ts";
import { Line } from "../../../../src-renderer/api/line.ts";
import { linkOver } from "../../../../src-renderer/api/line-link.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The app's client at `url`, with every frame it sends. */
function clientOf(url: string, token: string | null = null) {
  const sent: string[] = [];
  class TappedSocket extends WebSocket {
    override send(text: string): void {
      sent.push(text);
      super.send(text);
    }
  }
  const dial = () => new TappedSocket(`${url.replace("http", "ws")}/trpc?connectionParams=1`);
  const line = new Line({ dial: dial as unknown as () => globalThis.WebSocket, isWatched: false });
  open.push(() => line.close());
  const closings: number[] = [];
  const isOpen = new Promise<void>((resolve) => {
    line.start({ token: () => token, onOpen: () => resolve(), onClose: (code) => closings.push(code) });
  });
  const trpc = createTRPCClient<AppRouter>({ links: [linkOver(line)] });
  return { trpc, line, sent, isOpen, closings };
}

async function signedIn() {
  const bench = await WebBench.started();
  open.push(() => bench.stop());
  const { trpc, sent, isOpen } = clientOf(bench.url, bench.services.tokens.admin);
  await isOpen;
  return { bench, trpc, sent };
}

/** A core that hears and says nothing, or what it is told to say. */
async function silentCore() {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  open.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const meetNext = () => once(server, "connection").then(([socket]) => socket as WebSocket);
  return { url: `http://127.0.0.1:${port}`, met: meetNext(), meetNext };
}

const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

test("a question is on the wire in the very turn it is asked in", async () => {
  const { trpc, sent } = await signedIn();
  const before = sent.length;
  const answer = trpc.outputs.get.query({ channelId: HEATER_ID });
  expect(sent).toHaveLength(before + 1);
  expect((await answer).channelId).toBe(HEATER_ID);
});

test("what is asked before the connection is there waits for it", async () => {
  const bench = await WebBench.started();
  open.push(() => bench.stop());
  const { trpc } = clientOf(bench.url, bench.services.tokens.viewer);
  expect((await trpc.users.me.query()).role).toBe("viewer");
});

test("many questions at once get their own answers", async () => {
  const { trpc } = await signedIn();
  const [me, outputs, firstRun] = await Promise.all([
    trpc.users.me.query(),
    trpc.outputs.list.query({}),
    trpc.auth.firstRun.query(),
  ]);
  expect(me.role).toBe("admin");
  expect(outputs.items).toHaveLength(1);
  expect(firstRun.isNeeded).toBe(false);
});

test("a refusal comes as tRPC's own client tells it, with the core's code and the fields", async () => {
  const { trpc } = await signedIn();
  const error = await thrownBy(trpc.outputs.override.mutate({ channelId: HEATER_ID, level: 101, durationS: 60 }));
  expect(error).toBeInstanceOf(TRPCClientError);
  expect((error as TRPCClientError<AppRouter>).data).toMatchObject({ code: "BAD_REQUEST", fault: "invalid" });
  expect((error as TRPCClientError<AppRouter>).data?.details).not.toEqual([]);
});

test.each([0, false, ""])("the input %j arrives as such", async (input) => {
  const core = await silentCore();
  const { trpc, sent, isOpen } = clientOf(core.url);
  await isOpen;
  void thrownBy((trpc.users.me as unknown as { query(given: unknown): Promise<unknown> }).query(input));
  expect(JSON.parse(sent.at(-1) ?? "")).toMatchObject({ method: "query", params: { path: "users.me", input } });
});

test("a lost connection fails what waits for an answer, and nothing waits for ever", async () => {
  const core = await silentCore();
  const { trpc, isOpen } = clientOf(core.url);
  await isOpen;
  const asked = thrownBy(trpc.users.me.query());
  (await core.met).terminate();
  expect(await asked).toMatchObject({ message: "the connection was lost before the core answered" });
});

test("a question that was called off is for nobody: its answer changes nothing", async () => {
  const core = await silentCore();
  const { trpc, sent, isOpen, closings } = clientOf(core.url);
  await isOpen;
  const calledOff = new AbortController();
  const asked = thrownBy(trpc.users.me.query(undefined, { signal: calledOff.signal }));
  const { id } = JSON.parse(sent.at(-1) ?? "");
  calledOff.abort();
  expect(await asked).toBeInstanceOf(Error);
  const met = await core.met;
  met.send(JSON.stringify({ id, result: { type: "data", data: {} } }));
  met.send("PING");
  while (sent.at(-1) !== "PONG") await new Promise((resolve) => setImmediate(resolve));
  expect(closings).toEqual([]);
});

test("a question called off before it was asked is not asked", async () => {
  const { trpc, sent } = await signedIn();
  const before = sent.length;
  expect(await thrownBy(trpc.users.me.query(undefined, { signal: AbortSignal.abort() }))).toBeInstanceOf(Error);
  expect(sent).toHaveLength(before);
});

test("a subscription and questions share the socket, and its end reaches the core", async () => {
  const { bench, trpc } = await signedIn();
  const first = Promise.withResolvers<void>();
  const subscription = trpc.readings.live.subscribe(undefined, { onData: () => first.resolve() });
  await first.promise;
  expect(bench.services.subscriptions.open().get("readings.live")).toBe(1);
  subscription.unsubscribe();
  await trpc.users.me.query();
  expect(bench.services.subscriptions.open().get("readings.live")).toBe(0);
});

test("a subscription goes on over the next socket, a question that was under way does not", async () => {
  const core = await silentCore();
  const { trpc, sent, isOpen } = clientOf(core.url);
  await isOpen;
  trpc.readings.live.subscribe(undefined, {});
  const asked = thrownBy(trpc.users.me.query());
  const again = core.meetNext();
  (await core.met).close(4401);
  expect(await asked).toBeInstanceOf(TRPCClientError);
  const heard = sent.length;
  await again;
  while (sent.length < heard + 2) await new Promise((resolve) => setImmediate(resolve));
  expect(sent.slice(heard).map((text) => JSON.parse(text).params?.path)).toEqual([undefined, "readings.live"]);
});

test("several answers in one frame reach whoever asked each of them", async () => {
  const core = await silentCore();
  const { trpc, sent, isOpen } = clientOf(core.url);
  await isOpen;
  const asked = Promise.all([trpc.users.me.query(), trpc.system.info.query()]);
  const answers = sent.slice(-2).map((text) => JSON.parse(text).id as number);
  const met = await core.met;
  met.send(JSON.stringify(answers.map((id) => ({ id, result: { type: "data", data: { id } } }))));
  expect(await asked).toEqual(answers.map((id) => ({ id })));
});
