import { ReefFault } from "#contract/errors.ts";
import { problemFrom } from "../api/problems.ts";
import { type Exchange, send, sendProblem } from "./answers.ts";
import { sendFile } from "./static-files.ts";

/** Swagger UI and Redoc write style attributes, and Redoc searches in a worker that it makes from a blob. */
const DOCS_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const SWAGGER_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Bella's Reef API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const SWAGGER_START = `window.ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

const REDOC_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Bella's Reef API</title>
  </head>
  <body>
    <div id="reef-api"></div>
    <script type="module" src="/redoc/start.js"></script>
  </body>
</html>
`;

/** Redoc would tell its makers who reads what; nothing here speaks to anybody else. */
const REDOC_START = `import { init } from "/redoc/redoc.standalone.js";
init("/openapi.json", { disableTelemetry: true }, document.getElementById("reef-api"));
`;

const HTML = "text/html; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
const OWN: ReadonlyMap<string, { readonly type: string; readonly text: string }> = new Map([
  ["/docs", { type: HTML, text: SWAGGER_PAGE }],
  ["/docs/start.js", { type: SCRIPT, text: SWAGGER_START }],
  ["/redoc", { type: HTML, text: REDOC_PAGE }],
  ["/redoc/start.js", { type: SCRIPT, text: REDOC_START }],
]);
const COPIED: ReadonlyMap<string, string> = new Map([
  ["/docs/swagger-ui.css", "swagger-ui.css"],
  ["/docs/swagger-ui-bundle.js", "swagger-ui-bundle.js"],
  ["/docs/favicon-32x32.png", "favicon-32x32.png"],
  ["/redoc/redoc.standalone.js", "redoc.standalone.js"],
]);

export function isDocsPath(path: string): boolean {
  return /^\/(?:docs|redoc)(?:\/|$)/.test(path);
}

/** /docs (Swagger UI) and /redoc, from our own files: they work without internet. */
export async function answerDocs(exchange: Exchange, docsUiDir: string | null): Promise<void> {
  exchange.res.setHeader("Content-Security-Policy", DOCS_CSP);
  const path = exchange.path.replace(/\/$/, "");
  const own = OWN.get(path);
  if (own !== undefined) return send(exchange, 200, own);
  const file = COPIED.get(path);
  if (file !== undefined && docsUiDir !== null && (await sendFile(exchange, docsUiDir, file))) return;
  sendProblem(
    exchange,
    problemFrom(new ReefFault("not-found", "There is no such file; npm run build makes the documentation's")),
  );
}
