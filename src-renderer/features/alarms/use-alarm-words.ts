import type { Alarm, AlarmDefinition, AlarmKind } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import type { Quantity } from "#contract/quantities.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { raisedMsOf } from "../../stores/alarms.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { alarmTitle } from "../tank/alarm-title.ts";
import { setpointUnit, valueText } from "./alarm-units.ts";

type Described = Pick<
  AlarmDefinition,
  "kind" | "channelId" | "otherChannelId" | "loopId" | "check" | "setpoint" | "windowS"
>;

interface AlarmWords {
  /** What it says, in a sentence, or as its keeper named it. */
  title(alarm: Pick<AlarmDefinition, "name" | "kind" | "channelId">): string;
  /** What it watches for: "above 26.70 °C". */
  condition(alarm: Described): string;
  /** What it saw last, with its unit; null: nothing a number says. */
  value(alarm: Pick<Alarm, "kind" | "value" | "unit" | "channelId">): string | null;
  /** "since 14:02, for 12 min". */
  since(alarm: Alarm, nowMs: number): string;
  /** Whose it is: a sensor's, an output's or a loop's name. */
  subject(alarm: Described): string;
  /** Its response, cause or consequence, in the reader's language where it is one of ours. */
  text(text: string): string;
}

export function useAlarmWords(): AlarmWords {
  const { t, i18n } = useTranslation("alarms");
  const { t: tankT } = useTranslation("tank");
  const formats = useFormats();
  const devices = useTank((s) => s.devices);
  const loops = useTank((s) => s.loops);
  const channelOf = (id: string | null): Channel | undefined =>
    id === null ? undefined : channelsOf(devices).find((channel) => channel.id === id);
  const limitOf = ({ kind, channelId, setpoint }: Described): string =>
    setpoint === null || Number.isNaN(setpoint)
      ? "–"
      : formats.valueWithUnit(setpoint, setpointUnit(kind, channelOf(channelId), formats));
  return {
    title: (alarm) => alarmTitle(alarm, channelOf(alarm.channelId)?.quantity, tankT),
    condition: (alarm) => {
      const { kind, check, channelId, otherChannelId, windowS } = alarm;
      if (kind === "controller") return check === null ? "–" : t(`check.${check}`);
      return t(`condition.${conditionWord({ ...alarm, kind }, channelOf(channelId)?.quantity)}`, {
        limit: limitOf(alarm),
        window: formats.duration((windowS ?? 0) * 1_000),
        other: channelOf(otherChannelId)?.name ?? "–",
      });
    },
    value: (alarm) => valueText(alarm, channelOf(alarm.channelId), formats),
    since: (alarm, nowMs) => {
      const raisedMs = raisedMsOf(alarm);
      return t("since", {
        time: nowMs - raisedMs < SAME_DAY_MS ? formats.time(raisedMs) : formats.dateTime(raisedMs),
        age: formats.duration(coarse(nowMs - raisedMs)),
      });
    },
    subject: ({ channelId, loopId }) =>
      channelOf(channelId)?.name ?? (loopId === null ? undefined : loops.get(loopId)?.name) ?? t("controller"),
    text: (text) => {
      const own = i18n.getResource(i18n.language, "alarms", "own");
      const known = typeof own === "object" ? own[text] : undefined;
      return typeof known === "string" ? known : text;
    },
  };
}

type Conditional = Exclude<AlarmKind, "controller">;
type ConditionWord = Exclude<Conditional, "digital"> | "wet" | "dry" | "closed" | "open" | "driftBelow";

/** Which words say what it watches for: water is wet and not above a half. */
export function conditionWord(
  { kind, setpoint }: { readonly kind: Conditional; readonly setpoint: number | null },
  quantity: Quantity | undefined,
): ConditionWord {
  if (quantity === "leak" && kind === "high-high") return "wet";
  if (kind === "drift" && setpoint !== null && setpoint < 1) return "driftBelow";
  if (kind !== "digital") return kind;
  const isOne = setpoint !== 0;
  if (quantity === "leak") return isOne ? "wet" : "dry";
  return isOne ? "closed" : "open";
}

const MIN_MS = 60_000;
/** Nearer than this an hour says which day is meant. */
const SAME_DAY_MS = 12 * 3_600_000;

/** A minute's age is told in minutes. */
function coarse(ageMs: number): number {
  return ageMs < MIN_MS ? ageMs : Math.floor(ageMs / MIN_MS) * MIN_MS;
}
