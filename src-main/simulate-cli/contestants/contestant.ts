/** Whoever controls the tank in a scenario: our core, or what it is compared with. It may be killed and started again. */
export interface Contestant {
  readonly name: string;
  /** Its process starts, on what it kept. */
  start(): Promise<void>;
  /** Its process ends without a word. */
  kill(): void;
  readonly isRunning: boolean;
  /** Its event loop hangs until `unblock` or `kill`. */
  block(): void;
  unblock(): void;
  setDiskFull(isFull: boolean): void;
  setPostgres(state: "up" | "away" | "hung"): void;
  /** When its keeper was first told since that moment, of anything or of these channels, both monotonic ms; null: he was not. */
  toldSinceMs(sinceMs: number, about?: readonly string[]): number | null;
  /** The keeper mended what was broken and resets what was latched for it. */
  resetLatches(): Promise<void>;
  /** A second process is started beside the first, on the same data. */
  startTwice(): Promise<void>;
}
