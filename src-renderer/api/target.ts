/** Where the core is, seen from this page. */
export type Target =
  /** The window's own core, through the preload's pipe. */
  | { readonly kind: "window" }
  /** A core over WebSocket: the one that served this page, or the one that `--remote` named. */
  | { readonly kind: "network"; readonly origin: string; readonly isRemoteWindow: boolean };

/** `?remote=` is set by the desktop app alone, whose pages come from app://. */
export function targetOf(page: Location, hasPipe: boolean): Target {
  const remote = page.protocol === "app:" ? new URLSearchParams(page.search).get("remote") : null;
  if (remote !== null) return { kind: "network", origin: new URL(remote).origin, isRemoteWindow: true };
  return hasPipe && page.protocol === "app:"
    ? { kind: "window" }
    : { kind: "network", origin: page.origin, isRemoteWindow: false };
}

/** The router's address for a WebSocket. */
export function socketUrlOf(target: Target): string {
  if (target.kind === "window") return "ipc://core/trpc";
  const url = new URL("/trpc", target.origin);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
