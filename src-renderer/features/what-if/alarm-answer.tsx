import { type JSX, useMemo, useRef } from "react";
import type { Channel } from "#contract/channels.ts";
import type { AlarmPreview } from "#contract/what-if.ts";
import { OutputLane } from "../../charts/output-lane.tsx";
import { Empty } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { isLimit } from "../alarms/alarm-units.ts";
import type { AlarmDraft } from "./alarm-draft.ts";
import { LongList } from "./long-list.tsx";
import { ResolutionNote, SpanNote } from "./notes.tsx";
import { PastCurve } from "./past-curve.tsx";
import { knownExtent, type Ring, ringSpans, ringsOf } from "./preview-view.ts";
import { useBroughtIntoSight } from "./use-brought-into-sight.ts";
import { useSpanChart } from "./use-span-chart.ts";
import styles from "./what-if.module.css";

interface AlarmAnswerProps {
  /** What was asked. */
  readonly draft: AlarmDraft;
  readonly preview: AlarmPreview;
  /** It stands in a card already. */
  readonly isBare?: boolean;
}

/** How often an alarm would have rung, and when. */
export function AlarmAnswer({ draft, preview, isBare = false }: AlarmAnswerProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const formats = useFormats();
  const heading = useRef<HTMLHeadingElement>(null);
  useBroughtIntoSight(heading);
  const devices = useTank((s) => s.devices);
  const channel = channelsOf(devices).find(({ id }) => id === draft.channelId);
  const whole = useMemo(() => knownExtent(preview), [preview]);
  const rings = useMemo(() => ringsOf(preview.transitions), [preview]);
  const span = { from: formats.dateTime(Date.parse(preview.from)), to: formats.dateTime(whole.toMs) };
  const isEmpty = preview.readings === 0;
  return (
    <section className={styles[isBare ? "bare" : "card"]} aria-label={t("answer.title")}>
      <div role="status">
        <h2 ref={heading}>
          {isEmpty
            ? t("answer.title")
            : t(preview.raised === 0 ? "rings.never" : "rings.times", { count: preview.raised })}
        </h2>
        <SpanNote preview={preview} whole={whole} />
      </div>
      {isEmpty && <Empty title={t("answer.nothing")}>{t("answer.nothingHelp", span)}</Empty>}
      {!isEmpty && channel !== undefined && (
        <>
          <ResolutionNote resolution={preview.resolution} />
          <Picture draft={draft} channel={channel} preview={preview} rings={rings} />
          {rings.length > 0 && <Rings rings={rings} channel={channel} />}
        </>
      )}
    </section>
  );
}

interface RingsProps {
  readonly rings: readonly Ring[];
  readonly channel: Channel;
}

function Picture({ draft, channel, preview, rings }: AlarmAnswerProps & RingsProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const whole = useMemo(() => knownExtent(preview), [preview]);
  const controls = useSpanChart(whole);
  const limit = isLimit(draft.kind) ? draft.setpoint : null;
  const limits = useMemo(() => (limit === null ? null : { min: limit, max: limit }), [limit]);
  const spans = useMemo(() => ringSpans(rings, whole), [rings, whole]);
  return (
    <div className={styles["picture"]}>
      <PastCurve channel={channel} whole={whole} controls={controls} limits={limits} rings={rings} />
      <OutputLane name={t("rings.lane")} spans={spans} controls={controls} />
    </div>
  );
}

function Rings({ rings, channel }: RingsProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const formats = useFormats();
  const display = formats.unitOf(channel.quantity, channel.unit);
  return (
    <LongList label={t("rings.lane")}>
      {rings.map(({ fromMs, toMs, value }) => (
        <li key={fromMs}>
          <time dateTime={new Date(fromMs).toISOString()}>{formats.dateTime(fromMs)}</time>
          <span>
            {value !== null && `${formats.valueWithUnit(value, display)} · `}
            {toMs === null ? t("rings.still") : t("rings.for", { time: formats.duration(toMs - fromMs) })}
          </span>
        </li>
      ))}
    </LongList>
  );
}
