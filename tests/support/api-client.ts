import { ADMIN, type HeadlessHost } from "./headless-host.ts";

/** What is not below /api/v1. */
const ROOT_PATHS: ReadonlySet<string> = new Set(["/health", "/metrics", "/openapi.json"]);

export interface Answer<T = any> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** A script on the REST API: signs in once, then asks. */
export class ApiClient {
  readonly url: string;
  token: string | null = null;
  refreshToken = "";

  constructor(url: string) {
    this.url = url;
  }

  static async signedIn(
    host: Pick<HeadlessHost, "url">,
    who: { username: string; password: string } = ADMIN,
  ): Promise<ApiClient> {
    const client = new ApiClient(host.url);
    await client.login(who);
    return client;
  }

  async login(who: { username: string; password: string }): Promise<void> {
    const { status, body } = await this.post("/auth/login", who);
    if (status !== 200) throw new Error(`sign-in answered ${status}: ${JSON.stringify(body)}`);
    this.token = body.accessToken;
    this.refreshToken = body.refreshToken;
  }

  get = (path: string): Promise<Answer> => this.ask("GET", path);
  post = (path: string, body?: unknown): Promise<Answer> => this.ask("POST", path, body);
  patch = (path: string, body?: unknown): Promise<Answer> => this.ask("PATCH", path, body);
  delete = (path: string): Promise<Answer> => this.ask("DELETE", path);

  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const target = ROOT_PATHS.has(path) ? path : `/api/v1${path}`;
    const response = await fetch(this.url + target, {
      method,
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text !== "" && (response.headers.get("content-type") ?? "").includes("json");
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : text === "" ? null : text,
      headers: response.headers,
    };
  }
}
