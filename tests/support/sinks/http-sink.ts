import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished, vi } from "vitest";

export interface SunkRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly status: number | "hangs";
}

/** An HTTP server that takes everything, or answers as `status` says. */
export class HttpSink {
  readonly requests: SunkRequest[] = [];
  status: number | "hangs" = 200;
  answerHeaders: Readonly<Record<string, string>> = {};
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on("data", (chunk: Buffer) => chunks.push(chunk));
      req.on("end", () => this.#answer(res, Buffer.concat(chunks).toString("utf8")));
    });
  }

  /** Gone when the test ends. */
  static async start(port = 0): Promise<HttpSink> {
    const sink = new HttpSink();
    await new Promise<void>((resolve) => sink.#server.listen(port, "127.0.0.1", resolve));
    onTestFinished(() => sink.stop());
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** What was answered with 2xx. */
  get taken(): readonly SunkRequest[] {
    return this.requests.filter(({ status }) => typeof status === "number" && status < 300);
  }

  /** Waits until it was asked so often. */
  async asked(times: number): Promise<void> {
    await vi.waitFor(
      () => {
        if (this.requests.length < times) throw new Error(`asked ${this.requests.length} times, not ${times}`);
      },
      { timeout: 10_000, interval: 5 },
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(res: ServerResponse, body: string): void {
    const { method = "", url = "", headers } = res.req;
    const { status } = this;
    this.requests.push({ method, path: url, headers, body, status });
    if (status === "hangs") return;
    res.writeHead(status, { ...this.answerHeaders }).end(status < 300 ? "ok" : "not now");
  }
}
