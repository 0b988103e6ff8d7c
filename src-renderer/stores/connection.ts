import { create } from "zustand";

export interface ConnectionState {
  /** `connecting`: not yet answered since this page was opened; `offline`: it was there and is not now. */
  readonly state: "connecting" | "online" | "offline";
  /** This page's clock, epoch ms: since when. */
  readonly sinceMs: number;
  /** What to add to this page's clock for the tank's, ms. */
  readonly clockOffsetMs: number;
}

export const useConnection = create<ConnectionState>(() => ({
  state: "connecting",
  sinceMs: Date.now(),
  clockOffsetMs: 0,
}));

export function noteOnline(): void {
  useConnection.setState({ state: "online", sinceMs: Date.now() });
}

/** A first connect that fails leaves `connecting`: nothing was there that could be lost. */
export function noteOffline(): void {
  useConnection.setState((was) => (was.state === "online" ? { state: "offline", sinceMs: Date.now() } : was));
}
