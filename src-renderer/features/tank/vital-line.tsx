import { type JSX, memo } from "react";
import type { Channel } from "#contract/channels.ts";
import { Sparkline } from "../../charts/sparkline.tsx";
import { useTankNowMs } from "../../stores/now.ts";
import { TREND_SPAN_MS, useTrend } from "../../stores/trends.ts";
import { steadyBand } from "./trend.ts";
import styles from "./vital-tile.module.css";

/** The line moves on in steps of this, ms, about a pixel each: then alone it is drawn anew. */
const STEP_MS = 12_000;
/** The box is so many times as high as what counts as no change. */
const LEAST_BANDS = 4;

/** The last hour, with what is near of the limits. An end without readings stays empty. */
export const VitalLine = memo(function VitalLine({ channel }: { readonly channel: Channel }): JSX.Element {
  const points = useTrend(channel.id);
  const nowMs = useTankNowMs();
  const last = points.at(-1);
  const endMs = Math.max(Math.floor(nowMs / STEP_MS) * STEP_MS, last?.atMs ?? 0);
  return (
    <span className={styles["line"]}>
      <Sparkline
        points={points}
        limits={channel.limits}
        endMs={endMs}
        spanMs={TREND_SPAN_MS}
        leastSpan={LEAST_BANDS * steadyBand(channel.quantity, last?.value ?? 0)}
      />
    </span>
  );
});
