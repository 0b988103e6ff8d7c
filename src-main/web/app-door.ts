import { ReefFault } from "#contract/errors.ts";
import { problemFrom } from "../api/problems.ts";
import { type Exchange, sendProblem } from "./answers.ts";
import { relativePathFrom, sendFile } from "./static-files.ts";

const APP_CSP = [
  "default-src 'self'",
  "script-src 'self'",
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

/** The app's own files; a path of the app that is no file is answered with its page, which knows its own paths. */
export async function answerApp(exchange: Exchange, rendererDir: string | null): Promise<void> {
  exchange.res.setHeader("Content-Security-Policy", APP_CSP);
  const relative = relativePathFrom(exchange.path);
  if (rendererDir !== null && relative !== null) {
    if (relative !== "" && (await sendFile(exchange, rendererDir, relative))) return;
    const isPage = !(relative.split("/").at(-1) ?? "").includes(".");
    if (isPage && (await sendFile(exchange, rendererDir, "index.html"))) return;
  }
  sendProblem(exchange, problemFrom(new ReefFault("not-found", "There is no such file")));
}
