import type { IncomingMessage, ServerResponse } from "node:http";

const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
const PREFLIGHT_S = "600";

/** Lets the listed origins in; an unknown one gets no allow-origin header, and its browser keeps the answer from it. */
export function allowOrigin(req: IncomingMessage, res: ServerResponse, origins: readonly string[]): void {
  if (origins.length === 0) return;
  res.setHeader("Vary", "Origin");
  const { origin } = req.headers;
  if (origin === undefined || !origins.includes(origin)) return;
  res.setHeader("Access-Control-Allow-Origin", origin);
  res.setHeader("Access-Control-Expose-Headers", "Retry-After, Allow");
  if (req.method !== "OPTIONS") return;
  res.setHeader("Access-Control-Allow-Methods", METHODS);
  res.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
  res.setHeader("Access-Control-Max-Age", PREFLIGHT_S);
}

/**
 * Browsers let any page open a WebSocket anywhere, so the server must look where it comes from. Programs that are no
 * browsers send no origin.
 */
export function isSocketOriginAllowed(req: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = req.headers;
  if (origin === undefined || origins.includes(origin)) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
