import type { Loop } from "#contract/loops.ts";
import type { Output } from "#contract/outputs.ts";
import { outputsOf } from "#domain/control/loop-channels.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTank } from "../../stores/tank.ts";
import { useReasonWords } from "../equipment/use-reason-words.ts";

/** What keeps a thermostat from what it wants, in the language of the screen; null: nothing does, or the core's own sentence says it. */
export function useHeldWords(loop: Loop): string | null {
  const { t, i18n } = useTranslation("control");
  const words = useReasonWords();
  const outputs = useTank((s) => s.outputs);
  if (loop.type !== "thermostat" || i18n.language.startsWith("en")) return null;
  const driven = outputsOf(loop).map((id) => outputs.get(id));
  const held = heldOff(loop.live.state, driven);
  if (held === undefined) return null;
  const [block] = held.blockedBy;
  const isByHand = block === undefined && held.reason.code === "override";
  const why = isByHand ? words.byHand(held) : words.reason(block ?? held.reason);
  return t("doing.thermostat.heldOff", { name: held.name, why });
}

const WAITING = new Set(["mode", "manual", "emergency-stop"]);

function heldOff(state: Loop["live"]["state"], outputs: readonly (Output | undefined)[]): Output | undefined {
  const there = outputs.filter((output) => output !== undefined && output.requested === 0);
  if (state === "blocked") return there.find((output) => output?.faults.some(({ latched }) => latched));
  if (state !== "waiting") return undefined;
  return there.find((output) => output && (output.blockedBy.length > 0 || WAITING.has(output.owner)));
}
