import { type Exchange, send } from "./answers.ts";
import { isPathOfPage, PAGE, readPage } from "./page.ts";
import { contentTypeOf, KeptAssets, relativePathFrom, sendFile } from "./static-files.ts";

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

  /** @returns false where there is no such file */
  async answer(exchange: Exchange): Promise<boolean> {
    const relative = relativePathFrom(exchange.path);
    if (relative === null) return false;
    if (isPathOfPage(relative)) return this.#sendPage(exchange);
    exchange.res.setHeader("Content-Security-Policy", policyOf([]));
    return (await this.#assets.send(exchange, relative)) || sendFile(exchange, this.#dir, relative);
  }

  async #sendPage(exchange: Exchange): Promise<boolean> {
    const page = await readPage(this.#dir);
    if (page === null) return false;
    exchange.res.setHeader("Content-Security-Policy", policyOf(page.scriptHashes));
    exchange.res.setHeader("Cache-Control", "no-cache");
    send(exchange, 200, { type: contentTypeOf(PAGE), text: page.text });
    return true;
  }
}
