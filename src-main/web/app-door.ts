import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ReefFault } from "#contract/errors.ts";
import { problemFrom } from "../api/problems.ts";
import { type Exchange, send, sendProblem } from "./answers.ts";
import { scriptHashesOf } from "./page-policy.ts";
import { contentTypeOf, KeptAssets, relativePathFrom, sendFile } from "./static-files.ts";

const PAGE = "index.html";

/** @param scripts that stand in a page, by their hashes */
function policyOf(scripts: readonly string[]): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(" "),
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The app's own files; a path of the app that is no file is answered with its page, which knows its own paths. */
export class AppDoor {
  readonly #dir: string;
  readonly #assets: KeptAssets;

  constructor(rendererDir: string) {
    this.#dir = rendererDir;
    this.#assets = new KeptAssets(rendererDir);
  }

  async answer(exchange: Exchange): Promise<void> {
    exchange.res.setHeader("Content-Security-Policy", policyOf([]));
    const relative = relativePathFrom(exchange.path);
    if (relative !== null && (await this.#send(exchange, relative))) return;
    sendProblem(exchange, problemFrom(new ReefFault("not-found", "There is no such file")));
  }

  async #send(exchange: Exchange, relative: string): Promise<boolean> {
    const isPage = !(relative.split("/").at(-1) ?? "").includes(".") || relative === PAGE;
    if (isPage) return this.#sendPage(exchange);
    return (await this.#assets.send(exchange, relative)) || sendFile(exchange, this.#dir, relative);
  }

  /** @returns false where the app was not built */
  async #sendPage(exchange: Exchange): Promise<boolean> {
    const text = await readFile(join(this.#dir, PAGE), "utf8").catch(() => null);
    if (text === null) return false;
    exchange.res.setHeader("Content-Security-Policy", policyOf(scriptHashesOf(text)));
    exchange.res.setHeader("Cache-Control", "no-cache");
    send(exchange, 200, { type: contentTypeOf(PAGE), text: exchange.req.method === "HEAD" ? "" : text });
    return true;
  }
}
