import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Problem } from "../api/problems.ts";

/** How long a client may go on sending what nobody wants to read any more, ms. */
const LEFTOVER_MS = 5_000;
const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};
/** Answers of the API are data: nothing in them may run. */
const DATA_CSP = "default-src 'none'; frame-ancestors 'none'";

/** One request with its answer. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** As it stands in the request line, before any `?`; still percent-encoded. */
  readonly path: string;
  /** Behind the `?`; still percent-encoded. */
  readonly query: string;
}

/** Headers that every answer has; a page that needs a wider CSP sets its own over this one. */
export function prepare(res: ServerResponse): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
  res.setHeader("Content-Security-Policy", DATA_CSP);
  res.setHeader("Cache-Control", "no-store");
}

/** Sends a whole answer. What is left of the request's body is read and dropped, so that the client can read us. */
export function send(
  exchange: Exchange,
  status: number,
  body: { readonly type: string; readonly text: string } | null,
): void {
  const { req, res } = exchange;
  if (res.headersSent || res.destroyed) return;
  const headers: OutgoingHttpHeaders = {};
  if (body !== null) {
    headers["Content-Type"] = body.type;
    headers["Content-Length"] = Buffer.byteLength(body.text);
  }
  res.writeHead(status, headers);
  res.end(body?.text);
  dropLeftover(req);
}

export function sendJson(exchange: Exchange, status: number, value: unknown): void {
  send(exchange, status, { type: "application/json; charset=utf-8", text: JSON.stringify(value) });
}

/** An error as every door of HTTP answers it; never a stack. */
export function sendProblem(exchange: Exchange, problem: Problem): void {
  const { code, message, details, status, retryAfterS } = problem;
  if (!exchange.res.headersSent) {
    if (status === 401) exchange.res.setHeader("WWW-Authenticate", "Bearer");
    if (retryAfterS !== null) exchange.res.setHeader("Retry-After", String(retryAfterS));
    else if (status === 503) exchange.res.setHeader("Retry-After", "5");
  }
  sendJson(exchange, status, { error: { code, message, details } });
}

/**
 * Closing a connection with unread data resets it, and the client may never see our answer. So the rest is read and
 * dropped, for a while.
 */
function dropLeftover(req: IncomingMessage): void {
  if (req.complete) return;
  req.resume();
  const timer = setTimeout(() => req.socket.destroy(), LEFTOVER_MS).unref();
  const done = () => clearTimeout(timer);
  req.once("end", done);
  req.once("close", done);
}
