import { APP_ORIGIN } from "./app-page.ts";

/** What a message from a page says of its sender (Electron's IpcMainEvent). */
export interface Sender {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly parent: unknown; readonly origin: string } | null;
}

/**
 * Whether a message comes from the top frame of one of our windows, and that frame shows our own page.
 * @param ourWindows ids of our windows' contents
 */
export function isOurPage(event: Sender, ourWindows: ReadonlySet<number>): boolean {
  try {
    const frame = event.senderFrame;
    return (
      frame !== null && frame.parent === null && frame.origin === APP_ORIGIN && ourWindows.has(event.sender.id)
    );
  } catch {
    // A frame that is gone meanwhile answers every question with an error.
    return false;
  }
}
