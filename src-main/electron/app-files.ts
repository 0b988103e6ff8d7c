import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { contentTypeOf, relativePathFrom } from "../web/static-files.ts";
import { APP_HOST, completedUrl, type PageRequest } from "./app-page.ts";

interface AppFiles {
  readonly rendererDir: string;
  /** The Content-Security-Policy of every answer. */
  policy(): string;
  /** What the window's page was opened for. */
  page(): PageRequest;
  /** The bundler's development server, asked in place of the folder. */
  readonly devServer: string | null;
}

const PAGE = "index.html";
/** A page's own policy is for hosts that send none; ours names the core that the page may speak to. */
const OWN_POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/i;

interface Body {
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer> | ArrayBuffer;
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

/** null where there is no such file. The page is none: it is served without its own policy. */
async function fileOf({ rendererDir }: AppFiles, relative: string): Promise<Body | null> {
  if (relative === "" || relative === PAGE) return null;
  const content = await readFile(join(rendererDir, relative)).catch(() => null);
  return content === null ? null : { type: contentTypeOf(relative), content };
}

/** What looks like a file and is none is missing; everything else is a path that the page knows. */
function isPathOfPage(relative: string): boolean {
  return relative === PAGE || !(relative.split("/").at(-1) ?? "").includes(".");
}

async function pageFor({ rendererDir }: AppFiles, relative: string): Promise<Body> {
  const text = isPathOfPage(relative) ? await readFile(join(rendererDir, PAGE), "utf8").catch(() => null) : null;
  return text === null ? NOTHING : { type: contentTypeOf(PAGE), content: text.replace(OWN_POLICY, "") };
}

async function fromDevServer(url: URL): Promise<Body> {
  const found = await fetch(url);
  const type = found.headers.get("content-type") ?? "text/plain";
  const isPage = type.startsWith("text/html");
  const content = isPage ? (await found.text()).replace(OWN_POLICY, "") : await found.arrayBuffer();
  return { type, content, status: found.status };
}

function answer({ policy }: AppFiles, { type, content, status = 200 }: Body): Response {
  return new Response(content, {
    status,
    headers: {
      "Content-Type": type,
      "Content-Security-Policy": policy(),
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cache-Control": "no-cache",
    },
  });
}
