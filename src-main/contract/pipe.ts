/**
 * What the preload puts on `window.reefPipe`: lines of strings to the core, and nothing else. They carry tRPC's
 * WebSocket protocol, so that the window and the network speak one wire format.
 */
export interface ReefPipe {
  /**
   * Opens a line. The first message is empty and means that the core listens.
   * @param onClose with a WebSocket close code: 1000, 1001 the core stops, 1009 too much at once, 4401 sign in again
   * @returns the line's id, for `send` and `close`
   */
  open(onMessage: (text: string) => void, onClose: (code: number) => void): number;
  send(id: number, text: string): void;
  /** Ends a line from the page's side; its `onClose` is not called. */
  close(id: number): void;
}

/** The messages between preload and main process; each begins with the line's id. */
export const PIPE_CHANNELS = {
  /** Page to core. */
  open: "reef:open",
  up: "reef:up",
  /** How many characters the page has taken since it said so last. */
  taken: "reef:taken",
  /** Core to page. */
  down: "reef:down",
  /** Either way; from the core with a close code. */
  close: "reef:close",
} as const;

/** The page says what it has taken each time it is this much, so that the core can wait for a slow one. */
export const TAKEN_EVERY_CHARS = 65_536;
