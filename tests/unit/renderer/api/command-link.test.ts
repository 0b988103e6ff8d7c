import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createTRPCClient, createWSClient, TRPCClientError } from "@trpc/client";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { AppRouter } from "#main/api/app-router.ts";
import { HEATER_ID } from "#tests/fakes/fake-services.ts";
import { WebBench } from "#tests/web-bench.ts";
import { CommandLine } from "../../../../src-renderer/api/command-link.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The app's client at `url`, with every frame it sends. */
async function clientOf(url: string, token: string | null = null) {
  const sent: string[] = [];
  class TappedSocket extends WebSocket {
    override send(text: string): void {
      sent.push(text);
      super.send(text);
    }
  }
  const commands = new CommandLine();
  const client = createWSClient({
    url: `${url.replace("http", "ws")}/trpc`,
    WebSocket: TappedSocket as unknown as typeof globalThis.WebSocket,
    experimental_encoder: commands.encoder,
    retryDelayMs: () => 3_600_000,
    connectionParams: () => (token === null ? {} : { token }),
  });
  open.push(() => client.close());
  const trpc = createTRPCClient<AppRouter>({ links: [commands.linkOver(client)] });
  const isOpen = new Promise<void>((resolve) => {
    const { unsubscribe } = client.connectionState.subscribe({
      next: ({ state }) => {
        if (state === "pending") resolve();
      },
    });
    open.push(unsubscribe);
  });
  return { trpc, client, sent, isOpen };
}

async function signedIn() {
  const bench = await WebBench.started();
  open.push(() => bench.stop());
  const { trpc, sent, client } = await clientOf(bench.url, bench.services.tokens.admin);
  // Asked while it connects, so it comes back over the open line.
  await trpc.users.me.query();
  return { bench, trpc, sent, client };
}

/** A core that hears and says nothing, or what it is told to say. */
async function silentCore() {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  open.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const met = once(server, "connection").then(([socket]) => socket as WebSocket);
  return { url: `http://127.0.0.1:${port}`, met };
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
  const { trpc } = await clientOf(bench.url, bench.services.tokens.viewer);
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
  const { trpc, sent, isOpen } = await clientOf(core.url);
  await isOpen;
  await sendable(sent);
  void thrownBy((trpc.users.me as unknown as { query(given: unknown): Promise<unknown> }).query(input));
  expect(JSON.parse(sent.at(-1) ?? "")).toMatchObject({ method: "query", params: { path: "users.me", input } });
});

test("a lost connection fails what waits for an answer, and nothing waits for ever", async () => {
  const core = await silentCore();
  const { trpc, sent, isOpen } = await clientOf(core.url);
  await isOpen;
  await sendable(sent);
  const asked = thrownBy(trpc.users.me.query());
  (await core.met).terminate();
  expect(await asked).toMatchObject({ message: "the connection was lost before the core answered" });
});

test("a question that was called off is for nobody: its answer changes nothing", async () => {
  const core = await silentCore();
  const { trpc, sent, isOpen, client } = await clientOf(core.url);
  await isOpen;
  await sendable(sent);
  const calledOff = new AbortController();
  const asked = thrownBy(trpc.users.me.query(undefined, { signal: calledOff.signal }));
  const { id } = JSON.parse(sent.at(-1) ?? "");
  calledOff.abort();
  expect(await asked).toBeInstanceOf(Error);
  (await core.met).send(JSON.stringify({ id, result: { type: "data", data: {} } }));
  expect(client.connection?.state).toBe("open");
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

/** The line takes questions once its parameters are sent. */
async function sendable(sent: readonly string[]): Promise<void> {
  while (sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}
