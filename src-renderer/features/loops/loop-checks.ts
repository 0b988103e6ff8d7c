import type { DraftProblem } from "../control/form/draft-problems.ts";
import type { LoopDraft } from "./loop-draft.ts";

const NOTHING: ReadonlyMap<string, DraftProblem> = new Map();

/** What fields of a loop have against each other, by the field to change. */
export function loopChecks(draft: LoopDraft): ReadonlyMap<string, DraftProblem> {
  switch (draft.type) {
    case "thermostat": {
      const { secondSensorChannelId, sensorChannelId } = draft;
      const isSame = secondSensorChannelId !== null && secondSensorChannelId === sensorChannelId;
      return isSame ? found("secondSensorChannelId", "same probe") : NOTHING;
    }
    case "top-off":
      return draft.fillUntil < draft.fillBelow ? found("fillUntil", "until below") : NOTHING;
    case "doser":
      return draft.phMax < draft.phMin ? found("phMax", "ph order") : NOTHING;
    case "rule":
      return NOTHING;
  }
}

function found(path: string, message: string): ReadonlyMap<string, DraftProblem> {
  return new Map([[path, { kind: "rule", message }]]);
}
