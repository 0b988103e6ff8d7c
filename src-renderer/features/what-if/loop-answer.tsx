import { type JSX, useCallback, useMemo, useRef } from "react";
import type { LoopPreview } from "#contract/what-if.ts";
import { OutputLane } from "../../charts/output-lane.tsx";
import { TimeAxis } from "../../charts/time-axis.tsx";
import type { ChartControls } from "../../charts/use-chart.ts";
import type { Extent } from "../../charts/view.ts";
import { Folded } from "../../components/folded.tsx";
import { Empty } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank, useTimeZone } from "../../stores/tank.ts";
import type { LoopDraft } from "../loops/loop-draft.ts";
import { setpointSeries } from "../loops/setpoint-line.ts";
import { useLoopWords } from "../loops/use-loop-words.ts";
import { Comparison } from "./comparison.tsx";
import { LongList } from "./long-list.tsx";
import { ResolutionNote, SpanNote } from "./notes.tsx";
import { PastCurve } from "./past-curve.tsx";
import { actingLimits, didSpans, knownExtent, leadingChannel, wouldSpans } from "./preview-view.ts";
import { useBroughtIntoSight } from "./use-brought-into-sight.ts";
import { useSpanChart } from "./use-span-chart.ts";
import styles from "./what-if.module.css";

interface LoopAnswerProps {
  /** What was asked. */
  readonly draft: LoopDraft;
  readonly preview: LoopPreview;
}

/** What a loop would have done, beside what was done. */
export function LoopAnswer({ draft, preview }: LoopAnswerProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const formats = useFormats();
  const heading = useRef<HTMLHeadingElement>(null);
  useBroughtIntoSight(heading);
  const whole = useMemo(() => knownExtent(preview), [preview]);
  const span = { from: formats.dateTime(Date.parse(preview.from)), to: formats.dateTime(whole.toMs) };
  const isEmpty = preview.readings === 0 && leadingChannel(draft) !== null;
  return (
    <section className={styles["card"]} aria-label={t("answer.title")}>
      <div role="status">
        <h2 ref={heading}>{t("answer.title")}</h2>
        <SpanNote preview={preview} whole={whole} />
      </div>
      {isEmpty ? (
        <Empty title={t("answer.nothing")}>{t("answer.nothingHelp", span)}</Empty>
      ) : (
        <>
          <ResolutionNote resolution={preview.resolution} />
          {preview.outputs.length === 0 && <p>{t("answer.noOutputs")}</p>}
          {preview.outputs.length > 0 && <Comparison outputs={preview.outputs} whole={whole} />}
          <Picture draft={draft} preview={preview} whole={whole} />
          <p className={styles["note"]}>{t("answer.asRecorded")}</p>
          <States draft={draft} preview={preview} />
        </>
      )}
    </section>
  );
}

function Picture({ draft, preview, whole }: LoopAnswerProps & { readonly whole: Extent }): JSX.Element {
  const controls = useSpanChart(whole);
  const devices = useTank((s) => s.devices);
  const timeZone = useTimeZone();
  const leadingId = leadingChannel(draft);
  const channel = channelsOf(devices).find(({ id }) => id === leadingId);
  const limits = useMemo(() => actingLimits(draft), [draft]);
  const held = useCallback(
    (extent: Extent) =>
      draft.type === "thermostat"
        ? setpointSeries(draft, extent, timeZone)
        : { points: [], stepMs: 0, resolution: "raw" as const },
    [draft, timeZone],
  );
  return (
    <div className={styles["picture"]}>
      {channel !== undefined && (
        <PastCurve
          channel={channel}
          whole={whole}
          controls={controls}
          limits={limits}
          {...(draft.type === "thermostat" ? { held } : {})}
        />
      )}
      <OutputLanes preview={preview} whole={whole} controls={controls} />
      {channel === undefined && preview.outputs.length > 0 && <TimeAxis extent={controls.extent} />}
    </div>
  );
}

interface OutputLanesProps {
  readonly preview: LoopPreview;
  readonly whole: Extent;
  readonly controls: ChartControls;
}

/** For every output two lanes: what it would have done, and what it did. */
function OutputLanes({ preview, whole, controls }: OutputLanesProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const lanes = useMemo(
    () =>
      preview.outputs.map(({ name, would, did }) => ({
        name,
        would: wouldSpans(would.steps, whole),
        did: didSpans(did.steps, whole),
      })),
    [preview, whole],
  );
  return (
    <>
      {lanes.map(({ name, would, did }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule may drive one output twice
        <section key={at} className={styles["lanes"]} aria-label={t("lane.of", { name })}>
          <OutputLane name={t("lane.would", { name })} spans={would} controls={controls} />
          <OutputLane name={t("lane.did", { name })} spans={did} controls={controls} />
        </section>
      ))}
    </>
  );
}

function States({ draft, preview }: LoopAnswerProps): JSX.Element {
  const { t } = useTranslation(["whatIf", "control"]);
  const formats = useFormats();
  const doing = useLoopWords();
  const { states, last } = preview;
  return (
    <Folded title={t("states.title", { count: states.length })}>
      <LongList label={t("states.title", { count: states.length })}>
        {states.map(({ at, state, text }) => (
          <li key={at + state}>
            <time dateTime={at}>{formats.dateTime(Date.parse(at))}</time>
            <span>{doing({ type: draft.type, state: state as NonNullable<typeof last>["state"], text })}</span>
          </li>
        ))}
      </LongList>
      {last !== null && <p className={styles["note"]}>{t("states.last", { text: doing(last) })}</p>}
    </Folded>
  );
}
