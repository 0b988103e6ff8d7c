import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isPathOfPage, PAGE, readPage } from "../web/page.ts";
import { contentTypeOf, relativePathFrom } from "../web/static-files.ts";
import { APP_HOST, completedUrl, type PageRequest } from "./app-page.ts";

interface AppFiles {
  readonly rendererDir: string;
  /** The Content-Security-Policy of an answer. @param scripts that stand in it, by their hashes */
  policy(scripts: readonly string[]): string;
  /** What the window's page was opened for. */
  page(): PageRequest;
  /** The bundler's development server, asked in place of the folder. */
  readonly devServer: string | null;
}

interface Body {
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer> | ArrayBuffer;
  /** Of the scripts that stand in it. */
  readonly scriptHashes?: readonly string[];
  readonly status?: number;
}

const NOTHING: Body = { type: "text/plain", content: "", status: 404 };

/** Answers app:// requests: files of the bundle, and its page for each path of the app. Nothing outside is reachable. */
export function answerFrom(files: AppFiles): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const relative = relativePathFrom(url.pathname);
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || url.host !== APP_HOST || relative === null) return answer(files, NOTHING);
    const completed = isPathOfPage(relative) ? completedUrl(url, files.page()) : null;
    if (completed !== null) return new Response(null, { status: 302, headers: { Location: completed } });
    if (files.devServer !== null)
      return answer(files, await fromDevServer(new URL(url.pathname + url.search, files.devServer)));
    return answer(files, (await fileOf(files, relative)) ?? (await pageFor(files, relative)));
  };
}

/** null where there is no such file. The page is none: its policy names what stands in it. */
async function fileOf({ rendererDir }: AppFiles, relative: string): Promise<Body | null> {
  if (relative === "" || relative === PAGE) return null;
  const content = await readFile(join(rendererDir, relative)).catch(() => null);
  return content === null ? null : { type: contentTypeOf(relative), content };
}

async function pageFor({ rendererDir }: AppFiles, relative: string): Promise<Body> {
  const page = isPathOfPage(relative) ? await readPage(rendererDir) : null;
  return page === null
    ? NOTHING
    : { type: contentTypeOf(PAGE), content: page.text, scriptHashes: page.scriptHashes };
}

async function fromDevServer(url: URL): Promise<Body> {
  const found = await fetch(url);
  const type = found.headers.get("content-type") ?? "text/plain";
  return { type, content: await found.arrayBuffer(), status: found.status };
}

function answer({ policy }: AppFiles, { type, content, status = 200, scriptHashes = [] }: Body): Response {
  return new Response(content, {
    status,
    headers: {
      "Content-Type": type,
      "Content-Security-Policy": policy(scriptHashes),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cache-Control": "no-cache",
    },
  });
}
