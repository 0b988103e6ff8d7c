import { once } from "node:events";
import { createTRPCClient, createWSClient, TRPCClientError, wsLink } from "@trpc/client";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { LiveReading } from "#contract/readings.ts";
import type { AppRouter } from "#main/api/app-router.ts";
import { HEATER_ID, PASSWORD, PROBE_ID, START_MS } from "#tests/fakes/fake-services.ts";
import { WebBench } from "#tests/web-bench.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function started(corsOrigins: string[] = []): Promise<WebBench> {
  const bench = await WebBench.started({ corsOrigins });
  open.push(() => bench.stop());
  return bench;
}

const socketUrl = (bench: WebBench) => `${bench.url.replace("http", "ws")}/trpc`;

/** The client that the renderer uses; `closed` tells the code it was closed with. */
function clientOf(bench: WebBench, token: string | null) {
  let tellClosed: (code: number) => void = () => {};
  const closed = new Promise<number>((resolve) => {
    tellClosed = resolve;
  });
  const ws = createWSClient({
    url: socketUrl(bench),
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    retryDelayMs: () => 3_600_000,
    onClose: (cause) => tellClosed(cause?.code ?? 0),
    ...(token === null ? {} : { connectionParams: async () => ({ token }) }),
  });
  open.push(() => ws.close());
  return { trpc: createTRPCClient<AppRouter>({ links: [wsLink({ client: ws })] }), closed };
}

/** Collects what a subscription says, and waits for how much it said. */
function collector<T>() {
  const items: T[] = [];
  let check = () => {};
  return {
    items,
    onData: (item: T) => {
      items.push(item);
      check();
    },
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        check = () => {
          if (items.length >= count) resolve();
        };
        check();
      }),
  };
}

const reading = (value: number) =>
  ({
    channelId: PROBE_ID,
    takenAtMs: START_MS,
    value,
    quality: "good",
    reason: null,
    raw: value,
    coversS: 1,
  }) as const;

test("queries and mutations work over the socket, with the very same refusals", async () => {
  const bench = await started();
  const { trpc } = clientOf(bench, bench.services.tokens.viewer);
  expect((await trpc.devices.list.query({})).items).toHaveLength(1);
  const error = await trpc.emergencyStop.engage.mutate().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TRPCClientError);
  expect((error as TRPCClientError<AppRouter>).data).toMatchObject({
    code: "FORBIDDEN",
    fault: "forbidden",
    details: [],
  });
  expect(JSON.stringify(error)).not.toContain('stack":');
});

test("0, false and '' arrive as themselves", async () => {
  const bench = await started();
  const { trpc } = clientOf(bench, bench.services.tokens.admin);
  const heater = await trpc.outputs.override.mutate({ channelId: HEATER_ID, level: 0, durationS: 1 });
  expect(heater.requested).toBe(0);
  const device = await trpc.devices.create.mutate({
    type: "host",
    name: "H",
    isEnabled: false,
    params: { host: "", port: 0 },
  });
  expect(device).toMatchObject({ isEnabled: false, params: { host: "", port: 0 } });
  for (const input of [0, false, ""]) {
    const refused = trpc.devices.list.query(input as never);
    await expect(refused).rejects.toMatchObject({ data: { fault: "invalid", details: [{ field: "input" }] } });
  }
});

test("readings.live reaches the client, and its unsubscribing reaches the server", async () => {
  const bench = await started();
  const { trpc } = clientOf(bench, bench.services.tokens.viewer);
  const heard = collector<LiveReading>();
  const subscription = trpc.readings.live.subscribe(undefined, { onData: heard.onData });
  await heard.reached(1);
  bench.services.readings.publish(reading(25.5));
  bench.services.readings.publish(reading(0));
  await heard.reached(3);
  expect(heard.items.map((item) => item.value)).toEqual([null, 25.5, 0]);

  subscription.unsubscribe();
  await trpc.system.info.query();
  await expect.poll(() => bench.services.readings.listeners.size).toBe(0);
});

test("a subscription ends with its socket", async () => {
  const bench = await started();
  const { trpc } = clientOf(bench, bench.services.tokens.viewer);
  const heard = collector<LiveReading>();
  trpc.readings.live.subscribe({ channelIds: [PROBE_ID] }, { onData: heard.onData });
  await heard.reached(1);
  await open.pop()?.();
  await expect.poll(() => bench.services.readings.listeners.size).toBe(0);
});

test("metrics count the open subscriptions, and none that was given up or lost its socket", async () => {
  const bench = await started();
  const counted = async () => {
    const { body } = await bench.ask("GET", "/metrics");
    return Object.fromEntries(
      [...String(body).matchAll(/^reef_subscriptions\{procedure="(.+)"\} (\d+)$/gm)].map(([, name, n]) => [
        name,
        n,
      ]),
    );
  };
  const { trpc } = clientOf(bench, bench.services.tokens.viewer);
  const heard = collector<unknown>();
  const first = trpc.devices.live.subscribe(undefined, { onData: heard.onData });
  trpc.devices.live.subscribe(undefined, { onData: heard.onData });
  trpc.system.live.subscribe(undefined, { onData: heard.onData });
  await heard.reached(3);
  expect(await counted()).toEqual({ "devices.live": "2", "system.live": "1" });
  first.unsubscribe();
  await expect.poll(counted).toEqual({ "devices.live": "1", "system.live": "1" });
  await open.pop()?.();
  await expect.poll(counted).toEqual({ "devices.live": "0", "system.live": "0" });
});

test("a PIN unlocks for who is signed in, and says no otherwise", async () => {
  const bench = await started();
  const { trpc } = clientOf(bench, bench.services.tokens.operator);
  await trpc.users.setPin.mutate({ pin: "4711", currentPassword: PASSWORD });
  expect(await trpc.auth.verifyPin.mutate({ pin: "4711" })).toEqual({ ok: true });
  await expect(trpc.auth.verifyPin.mutate({ pin: "0000" })).rejects.toMatchObject({
    data: { fault: "forbidden" },
  });
});

test("a socket without a token may sign in, and then goes on as that user", async () => {
  const bench = await started();
  const { trpc } = clientOf(bench, null);
  await expect(trpc.devices.list.query({})).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
  await trpc.auth.login.mutate({ username: "viewer", password: PASSWORD });
  expect((await trpc.users.me.query()).username).toBe("viewer");
});

test("a bad token closes the socket with 4401 at once", async () => {
  const bench = await started();
  const { trpc, closed } = clientOf(bench, "not.a.token");
  trpc.devices.list.query({}).catch(() => undefined);
  expect(await closed).toBe(4401);
});

test("a socket is closed with 4401 within 60 s of its token's expiry, unless it signs in again", async () => {
  const bench = await started();
  const session = await bench.services.identity.login({ username: "viewer", password: PASSWORD }, "192.0.2.1");
  const [stays, goes] = [clientOf(bench, session.accessToken), clientOf(bench, bench.services.tokens.viewer)];
  await goes.trpc.users.me.query();
  await bench.services.clock.advance(890_000);
  await stays.trpc.auth.refresh.mutate({ refreshToken: session.refreshToken });
  await bench.services.clock.advance(25_000);
  expect(await goes.closed).toBe(4401);
  expect((await stays.trpc.users.me.query()).username).toBe("viewer");
});

test("a socket of a removed user may call nothing any more, and is closed with 4401", async () => {
  const bench = await started();
  const { id } = await bench.services.identity.createUser({
    username: "helper",
    password: PASSWORD,
    role: "admin",
  });
  const session = await bench.services.identity.login({ username: "helper", password: PASSWORD }, "192.0.2.1");
  const { trpc, closed } = clientOf(bench, session.accessToken);
  await trpc.users.list.query({});
  await bench.services.identity.deleteUser(id);
  await expect(trpc.users.list.query({})).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
  await bench.services.clock.advance(60_000);
  expect(await closed).toBe(4401);
});

async function upgradeStatus(url: string, origin?: string): Promise<number> {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  const result = await new Promise<number>((resolve) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", () => undefined);
  });
  socket.terminate();
  return result;
}

test("pages of other sites cannot open a socket", async () => {
  const bench = await started(["https://reef.example"]);
  const url = socketUrl(bench);
  expect(await upgradeStatus(url)).toBe(101);
  expect(await upgradeStatus(url, bench.url)).toBe(101);
  expect(await upgradeStatus(url, "https://reef.example")).toBe(101);
  expect(await upgradeStatus(url, "https://evil.example")).toBe(403);
  expect(await upgradeStatus(url, "null")).toBe(403);
  expect(await upgradeStatus(url.replace("/trpc", "/other"))).toBe(404);
});

test("sockets without a user never keep out those who have one", async () => {
  const bench = await started();
  const { trpc } = clientOf(bench, bench.services.tokens.viewer);
  await trpc.users.me.query();
  const idle = Array.from({ length: 256 }, () => new WebSocket(socketUrl(bench)));
  open.push(() => {
    for (const socket of idle) socket.terminate();
  });
  await Promise.all(idle.map((socket) => once(socket, "open")));
  expect((await clientOf(bench, bench.services.tokens.admin).trpc.users.me.query()).username).toBe("admin");
  expect((await trpc.users.me.query()).username).toBe("viewer");
});

test("what is asked behind a sign-in on the same socket is answered as who signed in", async () => {
  const bench = await started();
  const socket = new WebSocket(`${socketUrl(bench)}?connectionParams=1`);
  const answers: { id: number; result?: { data?: { username?: string } }; error?: { data: { fault: string } } }[] =
    [];
  socket.on("message", (text) => answers.push(JSON.parse(String(text))));
  await once(socket, "open");
  const asks = (id: number, method: string, path: string, input?: object) =>
    socket.send(JSON.stringify({ id, method, params: { path, input } }));
  socket.send(JSON.stringify({ method: "connectionParams", data: {} }));
  asks(1, "query", "users.me");
  await expect.poll(() => answers.length).toBe(1);
  asks(2, "mutation", "auth.login", { username: "viewer", password: PASSWORD });
  asks(3, "query", "users.me");
  asks(4, "mutation", "auth.login", { username: "viewer", password: "a wrong one" });
  asks(5, "query", "users.me");
  await expect.poll(() => answers.length).toBe(5);
  socket.terminate();
  const answerTo = (id: number) => answers.find((answer) => answer.id === id);
  expect(answerTo(1)?.error?.data.fault).toBe("unauthenticated");
  expect(answerTo(3)?.result?.data?.username).toBe("viewer");
  expect(answerTo(4)?.error?.data.fault).toBe("unauthenticated");
  expect(answerTo(5)?.result?.data?.username).toBe("viewer");
});

test("a socket that answers no ping is cut off", async () => {
  const bench = await started();
  const socket = new WebSocket(socketUrl(bench), { autoPong: false });
  await once(socket, "open");
  const closed = once(socket, "close");
  await bench.services.clock.advance(60_000);
  expect((await closed)[0]).toBe(1006);
});

test("garbage on the socket is answered or closed, and never an error of ours", async () => {
  const bench = await started();
  const socket = new WebSocket(socketUrl(bench));
  await once(socket, "open");
  for (const text of ["", "x", "null", "[]", '{"id":1}', '{"id":1,"method":"query","params":{"path":"no.such"}}'])
    socket.send(text);
  socket.send(
    `{"id":2,"method":"mutation","params":{"path":"auth.login","input":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`,
  );
  const answers: string[] = [];
  socket.on("message", (data) => answers.push(String(data)));
  await expect.poll(() => answers.some((answer) => answer.includes('"id":2'))).toBe(true);
  expect(answers.find((answer) => answer.includes('"id":2'))).toContain('"fault":"invalid"');
  socket.send("x".repeat(1_048_577));
  const [code] = await once(socket, "close");
  expect(code).toBe(1009);
  expect(bench.services.log.lines.filter((line) => line.level === "error")).toEqual([]);
});

test("a client that stops reading pauses its stream, and gets the latest when it reads on", async () => {
  const bench = await started();
  const socket = new WebSocket(`${socketUrl(bench)}?connectionParams=1`);
  await once(socket, "open");
  socket.send(JSON.stringify({ method: "connectionParams", data: { token: bench.services.tokens.viewer } }));
  const values: (number | null)[] = [];
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as { result?: { data?: LiveReading } };
    if (message.result?.data !== undefined) values.push(message.result.data.value);
  });
  socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "readings.live" } }));
  await expect.poll(() => values.length).toBe(1);
  socket.pause();
  const last = 100_000;
  for (let value = 1; value <= last; value++) {
    bench.services.readings.publish(reading(value));
    if (value % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  socket.resume();
  await expect.poll(() => values.at(-1), { timeout: 10_000 }).toBe(last);
  expect(values.length).toBeLessThan(last);
}, 20_000);

/** Asks a core for two streams; what it is sent, frame by frame. */
async function framesOf(bench: WebBench, parameters: string) {
  const socket = new WebSocket(`${socketUrl(bench)}?connectionParams=1${parameters}`);
  open.push(() => socket.close());
  await once(socket, "open");
  const frames: string[] = [];
  socket.on("message", (data) => frames.push(String(data)));
  socket.send(JSON.stringify({ method: "connectionParams", data: { token: bench.services.tokens.viewer } }));
  for (const [at, path] of ["outputs.live", "readings.live"].entries())
    socket.send(JSON.stringify({ id: at + 1, method: "subscription", params: { path } }));
  return { socket, frames };
}

test("a client that reads joined frames gets what was sent in one turn as one, in its order", async () => {
  const bench = await started();
  const { frames } = await framesOf(bench, "&joined=1");
  const told = () => frames.flatMap((text) => JSON.parse(text));
  await expect.poll(() => told().filter(({ id }) => id === 2).length).toBe(2);
  frames.length = 0;
  for (const value of [1, 2, 3]) bench.services.readings.publish(reading(value));
  await expect.poll(() => told().length).toBe(3);
  expect(told().map(({ result }) => result.data.value)).toEqual([1, 2, 3]);
  expect(frames).toHaveLength(1);
});

test("the answer to a ping is joined to nothing, and nobody else is sent an array", async () => {
  const bench = await started();
  const joined = await framesOf(bench, "&joined=1");
  joined.socket.send("PING");
  await expect.poll(() => joined.frames).toContain("PONG");
  const stock = await framesOf(bench, "");
  await expect.poll(() => stock.frames.length).toBeGreaterThanOrEqual(4);
  expect(stock.frames.filter((text) => text.startsWith("["))).toEqual([]);
});

test("what was said before a socket is closed is heard before it is", async () => {
  const bench = await started();
  const socket = new WebSocket(`${socketUrl(bench)}?connectionParams=1&joined=1`);
  await once(socket, "open");
  const heard: string[] = [];
  socket.on("message", (data) => heard.push(String(data)));
  const closed = once(socket, "close");
  socket.send(JSON.stringify({ method: "connectionParams", data: { token: "not.a.token" } }));
  socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "system.info" } }));
  expect((await closed)[0]).toBe(4401);
  expect(heard.every((text) => /^[[{]/.test(text))).toBe(true);
});
