import { type JSX, memo } from "react";
import type { Channel } from "#contract/channels.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useReading } from "../../stores/tank.ts";
import { isWet } from "./departure.ts";
import styles from "./vital-tile.module.css";

interface VitalValueProps {
  readonly channel: Channel;
  /** False: there is no value that could be shown. */
  readonly isThere: boolean;
}

/** The number and its unit; a word where the sensor knows two states; a dash where there is nothing. */
export const VitalValue = memo(function VitalValue({ channel, isThere }: VitalValueProps): JSX.Element {
  const value = useReading(channel.id)?.value ?? null;
  if (!isThere || value === null) return <span className={styles["value"]}>–</span>;
  if (channel.quantity === "leak") return <Wetness value={value} />;
  return <Figure channel={channel} value={value} />;
});

interface FigureProps {
  readonly channel: Channel;
  /** In the stored unit. */
  readonly value: number;
}

function Figure({ channel, value }: FigureProps): JSX.Element {
  const formats = useFormats();
  const display = formats.unitOf(channel.quantity, channel.unit);
  return (
    <span className={styles["value"]}>
      {formats.value(value, display)}
      {display.unit !== "" && <small>{display.unit}</small>}
    </span>
  );
}

function Wetness({ value }: { readonly value: number }): JSX.Element {
  const { t } = useTranslation("tank");
  return <span className={styles["value"]}>{t(isWet(value) ? "vital.wet" : "vital.dry")}</span>;
}
