import type { IncomingMessage } from "node:http";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import type { WebSocket } from "ws";
import { PIPE_CHANNELS } from "#contract/pipe.ts";
import { appRouter } from "../api/app-router.ts";
import { MAX_BATCH, noteFailure, openSession, type Session } from "../api/connection.ts";
import type { ApiServices } from "../api/context.ts";
import { wireEncoder } from "../api/wire.ts";
import type { Logger } from "../platform/ports.ts";
import { PipeSocket } from "./pipe-socket.ts";
import { isOurPage, type Sender } from "./sender-check.ts";

const GOING_AWAY = 1001;
/** One page needs one line; what opens more and more is broken. */
const MAX_LINES = 16;
/** tRPC's adapter wants the request that a socket began with; ours always brings its token as its first message. */
const REQUEST = { headers: {}, url: "/trpc?connectionParams=1", socket: {} } as unknown as IncomingMessage;

/** The contents of a window, as far as the door needs them (Electron's WebContents). */
export interface PageContents {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
  // biome-ignore lint/suspicious/noExplicitAny: Electron's listeners differ from event to event
  on(event: string, listener: (...args: any[]) => void): unknown;
}

type PipeEvent = Sender & { readonly sender: PageContents };

/** Where messages of pages arrive (Electron's ipcMain). */
export interface PipeMessages {
  on(channel: string, listener: (event: PipeEvent, ...args: unknown[]) => void): unknown;
}

interface Line {
  readonly id: number;
  readonly contents: PageContents;
  readonly socket: PipeSocket;
  /** null: the core is not there yet. */
  session: Session | null;
}

/** The router for our own windows: the same protocol as over the network, carried by IPC. */
export class IpcDoor {
  readonly #log: Logger;
  readonly #lines = new Map<string, Line>();
  readonly #admitted = new Set<number>();
  #services: ApiServices | null = null;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Listens to the pages of our windows. Lines that are opened before `serve` wait for it. */
  start(messages: PipeMessages): void {
    const on = (channel: string, hear: (event: PipeEvent, id: number, value: unknown) => void) =>
      messages.on(channel, (event, id, value) => {
        if (!isOurPage(event, this.#admitted)) this.#log.warn({ channel }, "a foreign frame was refused");
        else if (typeof id === "number" && Number.isSafeInteger(id)) hear(event, id, value);
      });
    const lineOf = (event: PipeEvent, id: number) => this.#lines.get(keyOf(event.sender, id));
    on(PIPE_CHANNELS.open, (event, id) => this.#open(event.sender, id));
    on(PIPE_CHANNELS.up, (event, id, text) => {
      if (typeof text === "string") lineOf(event, id)?.socket.hear(text);
    });
    on(PIPE_CHANNELS.taken, (event, id, chars) => {
      if (typeof chars === "number") lineOf(event, id)?.socket.take(chars);
    });
    on(PIPE_CHANNELS.close, (event, id) => lineOf(event, id)?.socket.end());
  }

  /** Lets a window's page in; its lines end when it is reloaded, crashes or is closed. */
  admit(contents: PageContents): void {
    const end = () => this.#endAllOf(contents.id);
    this.#admitted.add(contents.id);
    contents.on("render-process-gone", end);
    contents.on("did-start-navigation", (details: { isMainFrame: boolean; isSameDocument: boolean }) => {
      if (details.isMainFrame && !details.isSameDocument) end();
    });
    contents.on("destroyed", () => {
      this.#admitted.delete(contents.id);
      end();
    });
  }

  /** The core is there: answers whoever waits, and whoever comes. */
  serve(services: ApiServices): void {
    this.#services = services;
    for (const line of this.#lines.values()) this.#answer(line, services);
  }

  /** The core goes. */
  stop(): void {
    this.#services = null;
    for (const { socket } of [...this.#lines.values()]) socket.close(GOING_AWAY);
  }

  #open(contents: PageContents, id: number): void {
    const key = keyOf(contents, id);
    const open = [...this.#lines.values()].filter((line) => line.contents === contents).length;
    if (this.#lines.has(key) || open >= MAX_LINES) return;
    const socket = new PipeSocket({
      down: (text) => tell(contents, PIPE_CHANNELS.down, [id, text]),
      closed: (code) => tell(contents, PIPE_CHANNELS.close, [id, code]),
    });
    const line: Line = { id, contents, socket, session: null };
    this.#lines.set(key, line);
    socket.once("close", () => {
      this.#lines.delete(key);
      line.session?.end();
      this.#log.debug({ lines: this.#lines.size }, "a page's line ended");
    });
    if (this.#services !== null) this.#answer(line, this.#services);
  }

  #answer(line: Line, services: ApiServices): void {
    const { id, contents, socket } = line;
    const session = openSession(services, {
      address: "ipc",
      whenWritable: (signal) => socket.whenWritable(signal),
      close: (code) => socket.close(code),
    });
    line.session = session;
    const handle = getWSConnectionHandler({
      router: appRouter,
      // Of its server it asks nothing: that is for its other entry.
      wss: undefined as never,
      maxBatchSize: MAX_BATCH,
      experimental_encoder: wireEncoder,
      createContext: ({ info }) => session.contextFrom(info.connectionParams),
      onError: ({ error, path }) => noteFailure(services.log, error, path),
    });
    handle(socket as unknown as WebSocket, REQUEST);
    this.#log.debug({ lines: this.#lines.size }, "a page's line is open");
    tell(contents, PIPE_CHANNELS.down, [id, ""]);
  }

  #endAllOf(contentsId: number): void {
    for (const { socket, contents } of [...this.#lines.values()]) if (contents.id === contentsId) socket.end();
  }
}

function tell(contents: PageContents, channel: string, words: readonly [number, string | number]): void {
  if (!contents.isDestroyed()) contents.send(channel, ...words);
}

function keyOf(contents: PageContents, id: number): string {
  return `${contents.id}:${id}`;
}
