import { type JSX, memo } from "react";
import type { Channel } from "#contract/channels.ts";
import { PageLink } from "../../components/page-link.tsx";
import { useStanding } from "./use-standing.ts";
import { VitalAge } from "./vital-age.tsx";
import { VitalLine } from "./vital-line.tsx";
import { VitalNote } from "./vital-note.tsx";
import styles from "./vital-tile.module.css";
import { VitalValue } from "./vital-value.tsx";

interface VitalTileProps {
  readonly channel: Channel;
  /** The one that is read from two metres. */
  readonly isHero: boolean;
}

/** One quantity: its value and how old it is, where it is going, and how far from its limits; leads to its page. */
export const VitalTile = memo(function VitalTile({ channel, isHero }: VitalTileProps): JSX.Element {
  // With every reading its figures move, and those alone are drawn anew.
  const standing = useStanding(channel);
  return (
    <PageLink
      href={`/channels/${channel.id}`}
      className={styles["tile"]}
      data-tone={standing.tone}
      data-hero={isHero || undefined}
      data-channel={channel.id}
    >
      <span className={styles["head"]}>
        <span className={styles["name"]}>{channel.name}</span>
        <small className={styles["age"]}>
          <VitalAge channelId={channel.id} kind={standing.kind} />
        </small>
      </span>
      <VitalValue channel={channel} isThere={standing.tone !== "none"} />
      <VitalNote channel={channel} standing={standing} />
      {channel.quantity !== "leak" && <VitalLine channel={channel} />}
    </PageLink>
  );
});
