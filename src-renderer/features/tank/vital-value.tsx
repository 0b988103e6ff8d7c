import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "#contract/channels.ts";
import { useFormats } from "../../i18n/formats.ts";
import { isWet } from "./departure.ts";
import type { Freshness } from "./freshness.ts";
import styles from "./vital-tile.module.css";

interface VitalValueProps {
  readonly channel: Channel;
  /** The stored value; null: there is none. */
  readonly value: number | null;
}

/** The number and its unit; a word where the sensor knows two states; a dash where there is nothing. */
export function VitalValue({ channel, value }: VitalValueProps): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  if (value === null) return <span className={styles["value"]}>–</span>;
  if (channel.quantity === "leak") {
    return <span className={styles["value"]}>{t(isWet(value) ? "vital.wet" : "vital.dry")}</span>;
  }
  const display = formats.unitOf(channel.quantity, channel.unit);
  return (
    <span className={styles["value"]}>
      {formats.value(value, display)}
      {display.unit !== "" && <small>{display.unit}</small>}
    </span>
  );
}

/** How old it is, in a word or two. */
export function Age({ freshness }: { readonly freshness: Freshness }): JSX.Element | null {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  if (freshness.kind === "waiting" || freshness.kind === "bad") return null;
  if (freshness.kind === "live") return <>{t("common:age.now")}</>;
  if (freshness.ageMs === null) return null;
  return <>{t("common:age.old", { age: formats.duration(freshness.ageMs) })}</>;
}
