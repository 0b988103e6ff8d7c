const ABNORMAL = 1006;

/**
 * A WebSocket that is closed when it is told to close. The browser's own waits for the other side to agree, which a core
 * that hangs, or a network that swallows everything, never does: nobody would learn that the connection is gone.
 */
export class PromptWebSocket extends WebSocket {
  #isGivenUp: boolean = false;

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    // Before any other listener: the browser's late word must not be heard as a second end.
    this.addEventListener("close", (event) => {
      if (this.#isGivenUp && event.isTrusted) event.stopImmediatePropagation();
    });
  }

  override close(code?: number, reason?: string): void {
    const isEnding = this.readyState >= WebSocket.CLOSING;
    super.close(code, reason);
    if (isEnding || this.#isGivenUp) return;
    this.#isGivenUp = true;
    this.dispatchEvent(new CloseEvent("close", { code: code ?? ABNORMAL, reason: reason ?? "", wasClean: false }));
  }
}
