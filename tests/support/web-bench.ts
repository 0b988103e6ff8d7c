import { once } from "node:events";
import { connect } from "node:net";
import type { ApiServices } from "#main/api/context.ts";
import type { WebSettings } from "#main/web/ports.ts";
import { WebServer } from "#main/web/web-server.ts";
import { type FakeServices, fakeServices } from "#tests/fakes/fake-services.ts";

export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly headers: Headers;
}

type Role = keyof FakeServices["tokens"] | null;

interface Asked {
  readonly as?: Role;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A real web server on a free port, over fake services. */
export class WebBench {
  readonly url: string;
  readonly services: FakeServices;
  readonly #server: WebServer;

  private constructor(server: WebServer, services: FakeServices, url: string) {
    this.#server = server;
    this.services = services;
    this.url = url;
  }

  static async started(settings: Partial<WebSettings> = {}): Promise<WebBench> {
    const services = await fakeServices();
    const server = new WebServer({
      services: services satisfies ApiServices,
      settings: {
        host: "127.0.0.1",
        port: 0,
        tls: { mode: "off" },
        corsOrigins: [],
        rendererDir: null,
        docsUiDir: null,
        version: "1.2.3",
        ...settings,
      },
      log: services.log,
      clock: services.clock,
      metrics: { journal: () => ({ isDraining: false, pendingRows: 3, spooledBatches: 0, lostRows: 0 }) },
    });
    return new WebBench(server, services, await server.start());
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Asks the REST API, as an admin unless said otherwise. A string body is sent as it is. */
  async ask(method: string, path: string, { as = "admin", body, headers = {} }: Asked = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${this.services.tokens[as]}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return {
      status: response.status,
      body: isJson && text !== "" ? JSON.parse(text) : text,
      headers: response.headers,
    };
  }

  /** Writes these bytes and hands back everything that was answered until the connection ended. */
  async raw(bytes: string): Promise<string> {
    const { hostname, port } = new URL(this.url);
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.write(bytes);
    await once(socket, "close");
    return answer;
  }
}
