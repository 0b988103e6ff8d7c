/** Our page is served by ourselves under a scheme of its own: no file:// with its powers, no port that others reach. */
export const APP_SCHEME = "app";
export const APP_HOST = "reef";
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** What the page is opened for. */
export interface PageRequest {
  readonly isKiosk: boolean;
  /** The core's origin where it is not this process. */
  readonly remote: string | null;
  /** True: the core of this machine was found running already, and the page is a window onto it. */
  readonly isOfRunningCore: boolean;
}

/** The page's address: `?remote=` tells it where the core is, `?kiosk=1` how to look, `?running=1` what to say. */
export function pageUrl(page: PageRequest): string {
  return completedUrl(new URL(`${APP_ORIGIN}/`), page) ?? `${APP_ORIGIN}/`;
}

/**
 * An address of the page with what it was opened for; null where nothing lacks. Routes leave the query behind, and a
 * reload asks for the route alone.
 */
export function completedUrl(url: URL, { isKiosk, remote, isOfRunningCore }: PageRequest): string | null {
  const completed = new URL(url);
  const { searchParams } = completed;
  if (remote === null) searchParams.delete("remote");
  else searchParams.set("remote", remote);
  if (isKiosk) searchParams.set("kiosk", "1");
  if (isOfRunningCore) searchParams.set("running", "1");
  return completed.href === url.href ? null : completed.href;
}

interface PolicyNeeds {
  readonly remote: string | null;
  /** The bundler's development server; its hot reload needs inline code and a socket. */
  readonly devServer: string | null;
  /** Those that stand in the page, by their hashes. */
  readonly scripts: readonly string[];
}

/** The Content-Security-Policy: our own files, scripts in the page by their hash, no eval, and no host but the one core. */
export function policyFor({ remote, devServer, scripts }: PolicyNeeds): string {
  const hosts = [remote, devServer].flatMap((origin) => (origin === null ? [] : [origin, socketOrigin(origin)]));
  const inline = devServer === null ? [] : ["'unsafe-inline'"];
  return [
    "default-src 'none'",
    ["script-src 'self'", ...inline, ...scripts].join(" "),
    ["style-src 'self'", ...inline].join(" "),
    "img-src 'self' blob:",
    "font-src 'self'",
    "media-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `connect-src ${["'self'", ...hosts].join(" ")}`,
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function socketOrigin(origin: string): string {
  return origin.replace(/^http/, "ws");
}
