import type { Stoppable } from "../platform/ports.ts";
import type { WebServer } from "../web/web-server.ts";

/** Closes the doors in their turn: after the outputs are safe, before the journal. */
export class Doors implements Stoppable {
  #web: WebServer | null = null;
  /** Where the API listens; empty before it does. */
  url = "";

  async open(web: WebServer): Promise<string> {
    this.#web = web;
    this.url = await web.start();
    return this.url;
  }

  async stop(): Promise<void> {
    await this.#web?.stop();
  }
}
