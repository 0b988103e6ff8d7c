import { createHash } from "node:crypto";
import type { ApiServices } from "../api/context.ts";
import type { AcknowledgeView } from "../notifications/ports.ts";
import { type Exchange, send } from "./answers.ts";

const PATH = /^\/acknowledge\/([\w-]{1,256})$/;
const METHODS = "GET, HEAD, POST";

const STYLE =
  "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;color-scheme:light dark}" +
  "button{font:inherit;font-weight:600;min-height:3.5rem;padding:0 1.75rem;border:0;border-radius:.75rem;color:#fff;background:#0b6b78}" +
  "li{margin:.25rem 0}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");
/** Nothing runs here, and the form goes nowhere but back. */
const CSP = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** The secret of a link that acknowledges; null: the path is another one. */
export function acknowledgeTokenIn(path: string): string | null {
  return PATH.exec(path)?.[1] ?? null;
}

/**
 * The page behind a message's link. Looking at it changes nothing, because programs that scan mail follow links; its
 * button does. Nobody signs in: the link is the proof.
 */
export async function answerAcknowledge(
  exchange: Exchange,
  token: string,
  { notifications }: Pick<ApiServices, "notifications">,
): Promise<void> {
  const { req, res } = exchange;
  if (req.method !== "GET" && req.method !== "HEAD" && req.method !== "POST") {
    res.setHeader("Allow", METHODS);
    return send(exchange, 405, { type: "text/plain; charset=utf-8", text: `This path takes ${METHODS}` });
  }
  const view =
    req.method === "POST" ? await notifications.acknowledge(token) : notifications.acknowledgement(token);
  res.setHeader("Content-Security-Policy", CSP);
  const text = req.method === "HEAD" ? "" : pageFrom(view);
  send(exchange, STATUS[view.state], { type: "text/html; charset=utf-8", text });
}

const STATUS: Readonly<Record<AcknowledgeView["state"], number>> = {
  open: 200,
  acknowledged: 200,
  used: 409,
  expired: 410,
  unknown: 404,
};

function pageFrom({ state, heading, text, alarms }: AcknowledgeView): string {
  const list = alarms.map((name) => `<li>${escaped(name)}</li>`).join("");
  const form = state === "open" ? `<form method="post"><button type="submit">Acknowledge</button></form>` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(heading)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(heading)}</h1>
<ul>${list}</ul>
<p>${escaped(text)}</p>
${form}
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
