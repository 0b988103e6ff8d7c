import { type getWSConnectionHandler, jsonEncoder } from "@trpc/server/adapters/ws";

type Encoder = NonNullable<Parameters<typeof getWSConnectionHandler>[0]["experimental_encoder"]>;

interface DataMessage {
  readonly id: number | string;
  readonly jsonrpc?: "2.0";
  readonly result: { readonly type: "data"; readonly data: object; readonly id?: string };
}

/** Text of what is told to many; null until the first of them hears it. */
const texts = new WeakMap<object, string | null>();

/** What many callers hear: it is made into text once for all of them, and must not change any more. */
export function toldToMany<T extends object>(value: T): T {
  if (!texts.has(value)) texts.set(value, null);
  return value;
}

/** Frames as tRPC's own encoder writes them, for every door. */
export const wireEncoder: Encoder = {
  encode: (message) => {
    if (!isData(message)) return jsonEncoder.encode(message);
    const { id, result } = message;
    return `{"id":${JSON.stringify(id)},"result":{"type":"data","data":${textOf(result.data)}}}`;
  },
  decode: (frame) => jsonEncoder.decode(frame),
};

function textOf(value: object): string {
  const known = texts.get(value);
  if (known !== undefined && known !== null) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

/** An item of a subscription that others hear as well, with nothing beside it. */
function isData(message: unknown): message is DataMessage {
  const { jsonrpc, result } = message as Partial<DataMessage>;
  if (jsonrpc !== undefined || result === undefined || result.type !== "data" || result.id !== undefined)
    return false;
  return typeof result.data === "object" && result.data !== null && texts.has(result.data);
}
