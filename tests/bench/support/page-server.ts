import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { PageBundle } from "./page-bundle.ts";

export interface PageServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves a bundled page of tests/ui/bench, and nothing else. */
export async function servePage({ script, styles }: PageBundle): Promise<PageServer> {
  const files: Readonly<Record<string, readonly [string, string]>> = {
    "/": [
      "text/html; charset=utf-8",
      `<!doctype html><html lang="en" data-theme="dark"><head><meta charset="utf-8"><title>bench</title>
<link rel="stylesheet" href="page.css"><script defer src="page.js"></script></head>
<body><div id="app"></div></body></html>`,
    ],
    "/page.js": ["text/javascript; charset=utf-8", script],
    "/page.css": ["text/css; charset=utf-8", styles],
  };
  const server = createServer((req, res) => {
    const found = files[req.url ?? ""];
    if (found === undefined) res.writeHead(404).end();
    else res.writeHead(200, { "Content-Type": found[0], "Cache-Control": "no-cache" }).end(found[1]);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
