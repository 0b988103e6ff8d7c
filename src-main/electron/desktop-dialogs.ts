import { type BrowserWindow, dialog } from "electron";
import type { CertificateQuestion } from "./certificate-pins.ts";
import type { Words } from "./words.ts";

/** What the program says or asks outside of its page. */
export class DesktopDialogs {
  readonly #words: Words;
  readonly #window: () => BrowserWindow | null;

  /** @param window what the dialogs belong to, while it is there */
  constructor(words: Words, window: () => BrowserWindow | null) {
    this.#words = words;
    this.#window = window;
  }

  /** One sentence; resolves when somebody has read it. */
  async say(message: string, detail: string): Promise<void> {
    await this.#show({ type: "info", message, detail, buttons: ["OK"] });
  }

  /** A failure; resolves when somebody has read it. */
  async complain(message: string, detail: string): Promise<void> {
    await this.#show({ type: "error", message, detail, buttons: ["OK"] });
  }

  /** Whether a person knows this certificate; no answer is a no. */
  async trusts({ origin, fingerprint, trustedBefore }: CertificateQuestion): Promise<boolean> {
    const words = this.#words;
    const changed = trustedBefore === null ? "" : words.certificateChanged(trustedBefore);
    const answer = await this.#show({
      type: trustedBefore === null ? "question" : "warning",
      message: words.certificateTitle(origin),
      detail: words.certificateText(fingerprint) + changed,
      buttons: [words.cancel, words.trust],
      defaultId: 0,
      cancelId: 0,
    });
    return answer === 1;
  }

  async #show(options: Electron.MessageBoxOptions): Promise<number> {
    const window = this.#window();
    const { response } = await (window === null
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(window, options));
    return response;
  }
}
