import { EventEmitter } from "node:events";
import { PIPE_CHANNELS } from "#contract/pipe.ts";
import { APP_ORIGIN } from "#main/electron/app-page.ts";
import type { PageContents, PipeMessages } from "#main/electron/ipc-door.ts";

type Frame = { readonly parent: unknown; readonly origin: string };

/** A window's contents, and the page in it that speaks through the preload. */
export class FakePage extends EventEmitter implements PageContents {
  readonly id: number;
  /** What the core sent: channel, line, value. */
  readonly heard: [channel: string, line: number, value: unknown][] = [];
  isGone = false;
  readonly #messages: FakePageMessages;

  constructor(id: number, messages: FakePageMessages) {
    super();
    this.id = id;
    this.#messages = messages;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  send(channel: string, ...[line, value]: [number, unknown]): void {
    this.heard.push([channel, line, value]);
  }

  /** As its own page, or as the frame given. */
  say(
    channel: string,
    args: readonly unknown[],
    senderFrame: Frame | null = { parent: null, origin: APP_ORIGIN },
  ): void {
    this.#messages.emit(channel, { sender: this, senderFrame }, ...args);
  }

  /** Opens a line and brings its token, as tRPC's client does. */
  connect(line: number, token?: string): void {
    this.say(PIPE_CHANNELS.open, [line]);
    this.call(line, { method: "connectionParams", data: token === undefined ? {} : { token } });
  }

  call(line: number, message: object): void {
    this.say(PIPE_CHANNELS.up, [line, JSON.stringify(message)]);
  }

  /** What came down a line, read as tRPC's messages; the empty word of its opening left out. */
  answers(line: number): Record<string, any>[] {
    return this.heard
      .filter(([channel, to, value]) => channel === PIPE_CHANNELS.down && to === line && value !== "")
      .map(([, , value]) => JSON.parse(String(value)));
  }

  closeCodes(line: number): unknown[] {
    return this.heard
      .filter(([channel, to]) => channel === PIPE_CHANNELS.close && to === line)
      .map(([, , v]) => v);
  }
}

export class FakePageMessages extends EventEmitter implements PipeMessages {}
