import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { ReefFault } from "#contract/errors.ts";
import type { AddressRule } from "./addresses.ts";
import { networkFault } from "./network-words.ts";

/** What an answer says is for its sender; the first of it is enough to tell why. */
const READ_BYTES = 2_048;
const SHOWN_CHARACTERS = 160;

interface HttpCall {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly addresses: AddressRule;
  /** Authorities besides those that this machine trusts, PEM. */
  readonly ca?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * One request over a connection of its own, which follows nowhere it is sent to.
 * @throws ReefFault device-unreachable: no connection, or an answer that is not 2xx; not-found: 410, for good;
 * payload-too-large; invalid: an address that is not allowed
 */
export async function callHttp(call: HttpCall): Promise<void> {
  const url = new URL(call.url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  call.addresses.assertAllowed(host);
  const where = url.host;
  const { request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
  const options: RequestOptions & { ca?: string } = {
    method: call.method,
    headers: headersOf(call),
    lookup: call.addresses.lookup,
    agent: false,
    signal: call.signal,
    ...(call.ca === undefined ? {} : { ca: call.ca }),
  };
  let answer: { status: number; text: string };
  try {
    answer = await answerTo(request(url, options), call.body);
  } catch (error) {
    throw networkFault(error, where);
  }
  refuseUnlessTaken(answer, where);
}

function headersOf({ headers, body }: HttpCall): Record<string, string | number> {
  const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
  return { "User-Agent": "bellas-reef", ...headers, ...length };
}

function answerTo(request: ClientRequest, body: string | undefined): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const end = () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") });
        request.destroy();
      };
      response.on("error", reject);
      response.on("end", end);
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= READ_BYTES) end();
      });
    });
    request.end(body);
  });
}

function refuseUnlessTaken({ status, text }: { status: number; text: string }, where: string): void {
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    const message = `${where} answered ${status}, a redirection: messages go where the settings say and nowhere else.`;
    throw new ReefFault("device-unreachable", message);
  }
  const words = text.replace(/\s+/g, " ").trim().slice(0, SHOWN_CHARACTERS);
  const message = `${where} answered ${status}${words === "" ? "" : `: ${words}`}`;
  if (status === 410) throw new ReefFault("not-found", `${message}. It wants no more messages.`);
  if (status === 413) throw new ReefFault("payload-too-large", message);
  throw new ReefFault("device-unreachable", message);
}
