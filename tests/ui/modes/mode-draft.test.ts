import { expect, test } from "vitest";
import { ModeConfig, ModeCreate } from "#contract/modes.ts";
import {
  modeChecks,
  modeDraftOf,
  newModeDraft,
  returnsOf,
} from "../../../src-renderer/features/modes/mode-draft.ts";
import { idOf, sensor } from "../tank/builders.ts";

const CHANNELS = [
  sensor(1),
  sensor(11, { kind: "switch", role: "skimmer" }),
  sensor(12, { kind: "switch", role: "heater" }),
  sensor(13, { kind: "switch", role: "return-pump" }),
  sensor(14, { kind: "switch", role: "top-off" }),
  sensor(15, { kind: "switch", role: "circulation" }),
];

test("feeding holds what stirs the food and brings the return back first, the skimmer last", () => {
  const draft = newModeDraft("feed", "Feed", CHANNELS);
  expect(draft.durationS).toBe(900);
  expect(draft.outputs).toEqual([
    { channelId: idOf(13), level: 0, returnsAfterS: 0 },
    { channelId: idOf(12), level: 0, returnsAfterS: 60 },
    { channelId: idOf(14), level: 0, returnsAfterS: 60 },
    { channelId: idOf(11), level: 0, returnsAfterS: 600 },
  ]);
  expect(ModeCreate.safeParse(draft).success).toBe(true);
  expect(returnsOf(draft.outputs)).toEqual([
    { afterS: 0, channelIds: [idOf(13)] },
    { afterS: 60, channelIds: [idOf(12), idOf(14)] },
    { afterS: 600, channelIds: [idOf(11)] },
  ]);
});

test("a kept mode is edited as it is kept", () => {
  const mode = ModeConfig.parse({ id: idOf(1), name: "Away", kind: "vacation", durationS: 60, outputs: [] });
  expect(modeDraftOf(mode)).toEqual({
    name: "Away",
    kind: "vacation",
    durationS: 60,
    outputs: [],
    suppresses: [],
  });
});

test("an output is held once; one not chosen yet, or without a time, comes back nowhere", () => {
  const row = { channelId: idOf(11), level: 0, returnsAfterS: 0 };
  const draft = { ...newModeDraft("vacation", "Away", []), outputs: [row, row, { ...row, channelId: "" }] };
  expect([...modeChecks(draft).keys()]).toEqual(["outputs.1.channelId"]);
  expect(
    returnsOf([
      { ...row, channelId: "" },
      { ...row, returnsAfterS: Number.NaN },
    ]),
  ).toEqual([]);
});
