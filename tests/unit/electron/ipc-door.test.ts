import { expect, test, vi } from "vitest";
import { PIPE_CHANNELS, TAKEN_EVERY_CHARS } from "#contract/pipe.ts";
import { APP_ORIGIN } from "#main/electron/app-page.ts";
import { IpcDoor } from "#main/electron/ipc-door.ts";
import { PipeSocket } from "#main/electron/pipe-socket.ts";
import { FakePage, FakePageMessages } from "#tests/fakes/fake-pages.ts";
import { fakeServices } from "#tests/fakes/fake-services.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

async function openDoor() {
  const services = await fakeServices();
  const messages = new FakePageMessages();
  const log = new RecordingLog();
  const door = new IpcDoor(log);
  door.start(messages);
  const page = new FakePage(1, messages);
  door.admit(page);
  return { door, page, messages, services, log };
}

/** A page with a live subscription that has begun. */
async function subscribed() {
  const opened = await openDoor();
  const { door, page, services } = opened;
  door.serve(services);
  page.connect(1, services.tokens.viewer);
  page.call(1, { id: 1, method: "subscription", params: { path: "system.live" } });
  await vi.waitFor(() => expect(page.answers(1).length).toBeGreaterThan(1));
  expect(services.system.listeners.size).toBe(1);
  return opened;
}

test("a page that comes before the core waits, and is answered when the core is there", async () => {
  const { door, page, services } = await openDoor();
  page.say(PIPE_CHANNELS.open, [1]);
  expect(page.heard).toEqual([]);
  door.serve(services);
  expect(page.heard).toEqual([[PIPE_CHANNELS.down, 1, ""]]);
});

test.each([[0], [false], [""], [null]])("the input %j arrives as such", async (input) => {
  const { door, page, services } = await openDoor();
  door.serve(services);
  page.connect(1, services.tokens.viewer);
  page.call(1, { id: 1, method: "query", params: { path: "channels.get", input } });
  page.call(1, { id: 2, method: "query", params: { path: "channels.get" } });
  await vi.waitFor(() => expect(page.answers(1)).toHaveLength(2));
  const [refused, without] = page.answers(1).toSorted((a, b) => a["id"] - b["id"]);
  const kind = input === null ? "null" : typeof input;
  expect(JSON.stringify(refused)).toContain(`received ${kind}`);
  expect(JSON.stringify(without)).toContain("received undefined");
});

test("whoever does not sign in may call what is public alone; the window's address is ipc", async () => {
  const { door, page, services } = await openDoor();
  door.serve(services);
  page.connect(1);
  page.call(1, { id: 1, method: "query", params: { path: "devices.list", input: {} } });
  await vi.waitFor(() => expect(page.answers(1)).toHaveLength(1));
  expect(page.answers(1)[0]).toMatchObject({ error: { data: { fault: "unauthenticated" } } });
});

test.each<[string, (page: FakePage) => void]>([
  ["a reload", (page) => page.emit("did-start-navigation", { isMainFrame: true, isSameDocument: false })],
  ["a crash of the page", (page) => page.emit("render-process-gone", {})],
  ["the window's end", (page) => page.emit("destroyed")],
  ["a close by the page", (page) => page.say(PIPE_CHANNELS.close, [1])],
])("%s ends the subscriptions in the core, and the core goes on", async (_what, happen) => {
  const { page, services, log } = await subscribed();
  happen(page);
  await vi.waitFor(() => expect(services.system.listeners.size).toBe(0));
  expect(log.messages.filter((line) => line.startsWith("error"))).toEqual([]);
});

test("a move inside the page ends nothing", async () => {
  const { page, services } = await subscribed();
  page.emit("did-start-navigation", { isMainFrame: true, isSameDocument: true });
  page.emit("did-start-navigation", { isMainFrame: false, isSameDocument: false });
  page.call(1, { id: 2, method: "query", params: { path: "system.info" } });
  await vi.waitFor(() => expect(page.answers(1).some((answer) => answer["id"] === 2)).toBe(true));
  expect(services.system.listeners.size).toBe(1);
});

test("the core's end closes every line with 1001, and a token that is no more with 4401", async () => {
  const { door, page, services } = await subscribed();
  page.connect(2, "no token");
  await vi.waitFor(() => expect(page.closeCodes(2)).toEqual([4401]));
  door.stop();
  expect(page.closeCodes(1)).toEqual([1001]);
  await vi.waitFor(() => expect(services.system.listeners.size).toBe(0));
});

test.each([
  ["a frame inside our page", { parent: {}, origin: APP_ORIGIN }],
  ["a page from elsewhere", { parent: null, origin: "https://reef.example" }],
  ["a page of another host of our scheme", { parent: null, origin: "app://other" }],
  ["a file", { parent: null, origin: "file://" }],
  ["a frame that is gone", null],
])("%s is refused and gets no answer", async (_who, frame) => {
  const { door, page, services, log } = await openDoor();
  door.serve(services);
  page.say(PIPE_CHANNELS.open, [1], frame);
  expect(page.heard).toEqual([]);
  expect(log.messages).toEqual(["warn a foreign frame was refused"]);
});

test("a window that is not ours is refused, and so is one that is destroyed", async () => {
  const { door, page, messages, services } = await openDoor();
  door.serve(services);
  const stranger = new FakePage(2, messages);
  stranger.say(PIPE_CHANNELS.open, [1]);
  page.emit("destroyed");
  page.say(PIPE_CHANNELS.open, [1]);
  expect([...stranger.heard, ...page.heard]).toEqual([]);
});

test("words that are no words, lines that are none, and a seventeenth line are dropped", async () => {
  const { door, page, services } = await openDoor();
  door.serve(services);
  for (const id of ["1", 1.5, null, {}]) page.say(PIPE_CHANNELS.open, [id]);
  page.say(PIPE_CHANNELS.up, [9, "{}"]);
  page.say(PIPE_CHANNELS.open, [1]);
  page.say(PIPE_CHANNELS.up, [1, { no: "string" }]);
  page.say(PIPE_CHANNELS.open, [1]);
  for (let id = 2; id <= 20; id++) page.say(PIPE_CHANNELS.open, [id]);
  expect(page.heard).toHaveLength(16);
});

test("a page that takes nothing pauses its streams until it has taken enough", async () => {
  const socket = new PipeSocket({ down: () => undefined, closed: () => undefined });
  const { signal } = new AbortController();
  const isWritable = vi.fn();
  socket.send("x".repeat(5 * TAKEN_EVERY_CHARS));
  const waiting = socket.whenWritable(signal).then(isWritable);
  await Promise.resolve();
  expect(isWritable).not.toHaveBeenCalled();
  socket.take(2 * TAKEN_EVERY_CHARS);
  await waiting;
  expect(isWritable).toHaveBeenCalledOnce();
});

test("a stream that waits for its page is let go when the page is gone, or when it is stopped", async () => {
  const socket = new PipeSocket({ down: () => undefined, closed: () => undefined });
  const stopping = new AbortController();
  socket.send("x".repeat(5 * TAKEN_EVERY_CHARS));
  const stopped = socket.whenWritable(stopping.signal);
  const left = socket.whenWritable(new AbortController().signal);
  stopping.abort();
  await stopped;
  socket.end();
  await left;
});

test("a line that asks for more and more and takes nothing is closed, and one that says too much at once", () => {
  const codes: number[] = [];
  const outlet = { down: () => undefined, closed: (code: number) => void codes.push(code) };
  const silent = new PipeSocket(outlet);
  for (let i = 0; i < 20; i++) silent.send("x".repeat(2 ** 20));
  new PipeSocket(outlet).hear("x".repeat(2 ** 20 + 1));
  expect(codes).toEqual([1009, 1009]);
});
