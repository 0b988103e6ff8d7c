import { expect, test } from "vitest";
import { HeadStart } from "../../../src-renderer/api/head-start.ts";
import { Line, type Question, type WireResult } from "../../../src-renderer/api/line.ts";

const TARGET = { kind: "network", origin: "http://reef.local", isRemoteWindow: false } as const;
const KEPT = { token: "token", tradeKey: "key", isKept: true };
const TRADE = {
  type: "mutation",
  path: "auth.refresh",
  input: { refreshToken: "token", tradeKey: "key" },
} as const satisfies Question;
const READINGS = { type: "subscription", path: "readings.live" } as const satisfies Question;

/** A socket to a core that says what the test says. */
class ScriptedSocket extends EventTarget {
  readonly sent: { id?: number; method: string; params?: { path: string; input?: unknown } }[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  opens(): void {
    this.dispatchEvent(new Event("open"));
  }

  closes(): void {
    this.dispatchEvent(Object.assign(new Event("close"), { code: 1006 }));
  }

  tells(path: string, answer: { readonly result: WireResult } | { readonly error: unknown }): void {
    const id = this.sent.find(({ params }) => params?.path === path)?.id;
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify({ id, ...answer }) }));
  }

  paths(): readonly (string | undefined)[] {
    return this.sent.map(({ params }) => params?.path);
  }
}

function begun(kept: typeof KEPT | null = KEPT) {
  const socket = new ScriptedSocket();
  const line = new Line({ dial: () => socket as unknown as WebSocket, isWatched: false });
  const headStart = new HeadStart(TARGET, line);
  const asked = headStart.begin(() => kept);
  const heard: unknown[] = [];
  const asker = {
    next: (told: WireResult) => heard.push(told),
    failed: (error: unknown) => heard.push({ error }),
  };
  return { socket, headStart, asked, heard, asker };
}

const data = (value: unknown) => ({ result: { type: "data", data: value } }) as const;

test("with a kept sign-in it trades, and asks for the first screen right behind it", async () => {
  const { socket, asked } = begun();
  socket.opens();
  await asked;
  expect(socket.paths().slice(0, 2)).toEqual([undefined, "auth.refresh"]);
  expect(socket.paths()).toContain("readings.live");
  expect(socket.paths()).toContain("devices.live");
});

test("without one it only connects, and keeps nobody waiting", async () => {
  const { socket, asked } = begun(null);
  await asked;
  socket.opens();
  expect(socket.paths()).toEqual([undefined]);
});

test("what was answered before anybody asked is told to who asks the same, and so is what comes later", async () => {
  const { socket, headStart, heard, asker } = begun();
  socket.opens();
  socket.tells("auth.refresh", data("session"));
  socket.tells("readings.live", data(1));
  headStart.takeOver(READINGS, asker);
  socket.tells("readings.live", data(2));
  expect(heard).toEqual([data(1).result, data(2).result]);
});

test("each is taken over once, and only by the same question", () => {
  const { headStart, asker } = begun();
  expect(headStart.takeOver({ ...TRADE, input: { refreshToken: "other" } }, asker)).toBeNull();
  expect(headStart.takeOver(TRADE, asker)).not.toBeNull();
  expect(headStart.takeOver(TRADE, asker)).toBeNull();
});

test("a sign-in is being traded until somebody takes that over, or it is refused", () => {
  expect(begun(null).headStart.isTrading).toBe(false);
  const { headStart, asker } = begun();
  expect(headStart.isTrading).toBe(true);
  headStart.takeOver(TRADE, asker);
  expect(headStart.isTrading).toBe(false);
  const refused = begun();
  refused.socket.opens();
  refused.socket.tells("auth.refresh", { error: { code: -1 } });
  expect(refused.headStart.isTrading).toBe(false);
});

test("what was refused before anybody asked is asked anew: by then it may be another who asks", () => {
  const { socket, headStart, heard, asker } = begun();
  socket.opens();
  socket.tells("auth.refresh", { error: { code: -1 } });
  socket.tells("readings.live", { error: { code: -1 } });
  expect(headStart.takeOver(TRADE, asker)).toBeNull();
  expect(headStart.takeOver(READINGS, asker)).toBeNull();
  expect(heard).toEqual([]);
});

test("a refusal and a lost line are told to who has taken over", async () => {
  const refused = begun();
  refused.headStart.takeOver(TRADE, refused.asker);
  refused.socket.opens();
  refused.socket.tells("auth.refresh", { error: { code: -1 } });
  expect(refused.heard).toEqual([{ error: { code: -1 } }]);

  const lost = begun();
  lost.headStart.takeOver(TRADE, lost.asker);
  lost.socket.opens();
  lost.socket.closes();
  await lost.asked;
  expect(lost.heard).toEqual([{ error: null }]);
});

test("what nobody took over is ended with the core", () => {
  const { socket, headStart } = begun();
  socket.opens();
  socket.tells("auth.refresh", data("session"));
  headStart.end();
  const ended = socket.sent.filter(({ method }) => method === "subscription.stop");
  expect(ended).toHaveLength(socket.sent.filter(({ method }) => method === "subscription").length);
});

test("nothing of it is left when its line is lost: the next socket is nobody's", async () => {
  const { socket, headStart, asked, asker } = begun();
  socket.opens();
  socket.tells("auth.refresh", data("session"));
  await asked;
  socket.closes();
  expect(headStart.takeOver(TRADE, asker)).toBeNull();
  expect(headStart.takeOver(READINGS, asker)).toBeNull();
});
