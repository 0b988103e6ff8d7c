import type { Configuration } from "#contract/configuration.ts";
import { alarmIdsOf, type Delivery, type DeliveryId, inOrder } from "./delivery.ts";
import type { MessageFrame } from "./message.ts";

interface FrameSources {
  readonly tank: Pick<Configuration["tank"], "tankName" | "timeZone">;
  readonly linkBase: string | null;
  /** Everything that was ever for this target. */
  readonly known: readonly Delivery[];
  /** The secret part of the link that acknowledges. */
  readonly token: () => string;
}

/** What a message needs besides what happened. */
export function frameFor(carrier: Delivery, { tank, linkBase, known, token }: FrameSources): MessageFrame {
  const base = linkBase?.replace(/\/+$/, "") ?? null;
  return {
    tankName: tank.tankName,
    zone: tank.timeZone,
    linkBase: base,
    acknowledgeLink: base === null ? null : `${base}/acknowledge/${token()}`,
    answers: raiseTold(carrier, known),
  };
}

/** The message that told of the raise, so that a return stands below it; null: none did. */
function raiseTold(carrier: Delivery, known: readonly Delivery[]): DeliveryId | null {
  const ids = new Set(alarmIdsOf(carrier));
  const raises = known.filter(
    (d) =>
      d.state === "sent" &&
      d.about.kind === "raised" &&
      inOrder(d, carrier) < 0 &&
      alarmIdsOf(d).some((id) => ids.has(id)),
  );
  return raises.sort(inOrder).at(-1)?.id ?? null;
}
