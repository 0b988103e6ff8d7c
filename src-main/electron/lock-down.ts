import { app, type Session } from "electron";
import type { Logger } from "../platform/ports.ts";
import { APP_ORIGIN } from "./app-page.ts";

/**
 * What no page of this program may do, whoever wrote it: go elsewhere, open windows, hold other pages, ask for the
 * machine's devices. The page itself needs none of it.
 */
export function lockDown(session: Session, log: Logger): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    log.warn({ permission }, "a permission was refused");
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event, item) => {
    // Exports and backups are made by our own page; nothing is fetched from elsewhere.
    if (!item.getURL().startsWith(`blob:${APP_ORIGIN}/`)) event.preventDefault();
  });
  app.on("web-contents-created", (_created, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => {
      if (event.isMainFrame && isOurs(event.url)) return;
      event.preventDefault();
      log.warn({ isMainFrame: event.isMainFrame }, "a page wanted to go elsewhere, and stays");
    });
    contents.on("will-redirect", (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
  });
}

function isOurs(url: string): boolean {
  return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);
}
