/** Where each thing of this tank is published, below the base topic. */
export interface Topics {
  readonly status: string;
  readonly messages: string;
  state(kind: ThingKind, id: string): string;
  command(kind: ThingKind, id: string): string;
  /** Every command there may be. */
  readonly commands: readonly string[];
  /** What a command's topic is for; null: it is none. */
  commandOf(topic: string): { readonly kind: ThingKind; readonly id: string } | null;
}

export type ThingKind = "sensor" | "output" | "alarm";
const KINDS: readonly ThingKind[] = ["sensor", "output", "alarm"];

export function topicsBelow(base: string): Topics {
  return {
    status: `${base}/status`,
    messages: `${base}/message`,
    state: (kind, id) => `${base}/${kind}/${id}/state`,
    command: (kind, id) => `${base}/${kind}/${id}/set`,
    commands: [`${base}/output/+/set`, `${base}/alarm/+/set`],
    commandOf(topic) {
      if (!topic.startsWith(`${base}/`)) return null;
      const [kind, id, verb, ...rest] = topic.slice(base.length + 1).split("/");
      const known = KINDS.find((candidate) => candidate === kind);
      if (known === undefined || id === undefined || verb !== "set" || rest.length > 0) return null;
      return { kind: known, id };
    },
  };
}
