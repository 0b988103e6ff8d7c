import { type JSX, memo } from "react";
import { Link } from "wouter";
import type { Channel } from "#contract/channels.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useReading } from "../../stores/tank.ts";
import { departureOf, isWet } from "./departure.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { VitalLine } from "./vital-line.tsx";
import { VitalNote } from "./vital-note.tsx";
import styles from "./vital-tile.module.css";
import { Age, VitalValue } from "./vital-value.tsx";

interface VitalTileProps {
  readonly channel: Channel;
  /** The one that is read from two metres. */
  readonly isHero: boolean;
}

/** One quantity: its value and how old it is, where it is going, and how far from its limits; leads to its page. */
export const VitalTile = memo(function VitalTile({ channel, isHero }: VitalTileProps): JSX.Element {
  const reading = useReading(channel.id);
  const isOnline = useConnection((c) => c.state === "online");
  const nowMs = useTankNowMs();
  const freshness = freshnessOf({ reading, pollIntervalS: channel.pollIntervalS, isOnline, nowMs });
  const value = freshness.kind === "bad" ? null : (reading?.value ?? null);
  return (
    <Link
      href={`/channels/${channel.id}`}
      className={styles["tile"]}
      data-tone={toneOf(channel, freshness, value)}
      data-hero={isHero || undefined}
      data-channel={channel.id}
    >
      <span className={styles["head"]}>
        <span className={styles["name"]}>{channel.name}</span>
        <small className={styles["age"]}>
          <Age freshness={freshness} />
        </small>
      </span>
      <VitalValue channel={channel} value={value} />
      <VitalNote channel={channel} freshness={freshness} reading={reading} />
      {channel.quantity !== "leak" && <VitalLine channel={channel} />}
    </Link>
  );
});

function toneOf(channel: Channel, freshness: Freshness, value: number | null): string | undefined {
  if (freshness.kind === "bad" || freshness.kind === "waiting") return "none";
  if (freshness.kind === "stale") return "stale";
  if (value === null) return "none";
  if (channel.quantity === "leak") return isWet(value) ? "danger" : undefined;
  return departureOf(value, channel.limits) === null ? undefined : "warn";
}
