import { type JSX, useCallback } from "react";
import type { Extent } from "../../charts/view.ts";
import { useTimeZone } from "../../stores/tank.ts";
import { LoopCurve } from "./loop-curve.tsx";
import type { DraftOf, LoopDraft } from "./loop-draft.ts";
import { setpointSeries } from "./setpoint-line.ts";

/** More than these beside a form are not looked at. */
const MOST_CURVES = 3;

/** The last day of all that a loop goes by, with its limits as they are typed. */
export function LoopCurves({ draft }: { readonly draft: LoopDraft }): JSX.Element | null {
  switch (draft.type) {
    case "thermostat":
      return <ThermostatCurve draft={draft} />;
    case "top-off":
      return (
        <LoopCurve
          channelId={draft.levelChannelId}
          limits={limitsFrom(draft.fillBelow, draft.fillUntil)}
          outputIds={[draft.pumpChannelId]}
        />
      );
    case "doser":
      return (
        <LoopCurve
          channelId={draft.phChannelId}
          limits={limitsFrom(draft.phMin, draft.phMax)}
          outputIds={[draft.pumpChannelId]}
        />
      );
    case "rule":
      return <RuleCurves draft={draft} />;
  }
}

function ThermostatCurve({ draft }: { readonly draft: DraftOf<"thermostat"> }): JSX.Element {
  const timeZone = useTimeZone();
  const { setpointC, night, monthlyOffsetsC, hysteresisC } = draft;
  const held = useCallback(
    (extent: Extent) => setpointSeries({ setpointC, night, monthlyOffsetsC, hysteresisC }, extent, timeZone),
    [setpointC, night, monthlyOffsetsC, hysteresisC, timeZone],
  );
  return (
    <LoopCurve
      channelId={draft.sensorChannelId}
      held={held}
      outputIds={[draft.heaterChannelId, draft.chillerChannelId].filter((id) => id !== null)}
    />
  );
}

function RuleCurves({ draft }: { readonly draft: DraftOf<"rule"> }): JSX.Element | null {
  const driven = draft.actions.flatMap((action) => (action.kind === "output" ? [action.channelId] : []));
  const read = draft.conditions.filter((c) => c.kind === "above" || c.kind === "below").slice(0, MOST_CURVES);
  const [first] = read;
  if (first === undefined) return null;
  return (
    <>
      {read.map(({ kind, channelId, value, hysteresis }, at) => (
        <LoopCurve
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
          key={at}
          channelId={channelId}
          limits={limitsFrom(value, kind === "above" ? value - hysteresis : value + hysteresis)}
          outputIds={at === 0 ? driven : []}
        />
      ))}
    </>
  );
}

function limitsFrom(one: number, other: number) {
  if (!Number.isFinite(one + other)) return null;
  return { min: Math.min(one, other), max: Math.max(one, other) };
}
