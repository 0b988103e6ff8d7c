import type { IncomingMessage } from "node:http";
import { ReefFault } from "#contract/errors.ts";
import type { Exchange } from "../answers.ts";

export const MAX_BODY_BYTES = 1_048_576;
const EMPTY = Buffer.alloc(0);

/** The whole body; empty where there is none. @throws ReefFault payload-too-large as soon as that is known, stopping when the client is gone */
export function readBody({ req, res }: Exchange): Promise<Buffer> {
  const { "content-length": length, "transfer-encoding": encoding, expect } = req.headers;
  if (length === undefined && encoding === undefined) return Promise.resolve(EMPTY);
  if (Number(length ?? 0) > MAX_BODY_BYTES) return Promise.reject(tooLarge());
  if (expect?.toLowerCase() === "100-continue") res.writeContinue();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const onData = (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else end(() => reject(tooLarge()));
    };
    const onEnd = () => end(() => resolve(Buffer.concat(chunks)));
    const onGone = () =>
      end(() => reject(new ReefFault("stopping", "The client went away before its request was whole")));
    const end = (settle: () => void) => {
      req.off("data", onData).off("end", onEnd).off("close", onGone).off("error", onGone);
      // A late error of a request nobody reads must not end the process.
      req.on("error", () => undefined);
      settle();
    };
    req.on("data", onData).on("end", onEnd).on("close", onGone).on("error", onGone);
  });
}

/** @throws ReefFault unsupported-media-type */
export function assertJson(req: IncomingMessage): void {
  const type = (req.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new ReefFault("unsupported-media-type", "Send the body as JSON, with Content-Type: application/json");
  }
}

/** @throws ReefFault invalid */
export function fieldsFrom(bytes: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ReefFault("invalid", "The body is not valid JSON", {
      cause,
      details: [{ field: "body", message: "must be valid JSON in UTF-8" }],
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ReefFault("invalid", "The body must be a JSON object", {
      details: [{ field: "body", message: "must be a JSON object" }],
    });
  }
  return { ...value };
}

function tooLarge(): ReefFault {
  return new ReefFault("payload-too-large", `The body is larger than ${MAX_BODY_BYTES} bytes`);
}
