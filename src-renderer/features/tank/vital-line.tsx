import { type JSX, memo } from "react";
import type { Channel } from "#contract/channels.ts";
import { Sparkline } from "../../charts/sparkline.tsx";
import { useTankNowInSteps } from "../../stores/now.ts";
import { TREND_SPAN_MS, useTrend } from "../../stores/trends.ts";
import { useIsSettled } from "./settled.ts";
import { steadyBand } from "./trend.ts";
import styles from "./vital-tile.module.css";

/** The line moves on in steps of this, ms, about a pixel each: then alone it is drawn anew. */
const STEP_MS = 12_000;
/** The box is so many times as high as what counts as no change. */
const LEAST_BANDS = 4;

/** The last hour, once the page is there and idle: values come first. */
export const VitalLine = memo(function VitalLine({ channel }: { readonly channel: Channel }): JSX.Element {
  const isDue = useIsSettled();
  return <span className={styles["line"]}>{isDue && <LastHour channel={channel} />}</span>;
});

/** With what is near of the limits. An end without readings stays empty. */
function LastHour({ channel }: { readonly channel: Channel }): JSX.Element {
  const points = useTrend(channel.id);
  const steppedMs = useTankNowInSteps(STEP_MS);
  const last = points.at(-1);
  return (
    <Sparkline
      points={points}
      limits={channel.limits}
      endMs={Math.max(steppedMs, last?.atMs ?? 0)}
      spanMs={TREND_SPAN_MS}
      leastSpan={LEAST_BANDS * steadyBand(channel.quantity, last?.value ?? 0)}
    />
  );
}
