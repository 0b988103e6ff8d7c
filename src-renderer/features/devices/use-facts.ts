import type { DeviceType } from "#contract/devices.ts";
import type { AcquisitionState } from "#contract/system.ts";
import { core } from "../../stores/core.ts";
import { type Answer, useAnswer } from "./use-answer.ts";

/** Facts that are counted, not announced: asked for while somebody looks. */
const POLLING_EVERY_MS = 3_000;
/** A page of them is all of them: there are as many as this program has drivers. */
const MOST_TYPES = 200;

async function askForTypes(): Promise<readonly DeviceType[]> {
  return (await core.api.devices.types.query({ limit: MOST_TYPES })).items;
}

const askForPolling = (): Promise<AcquisitionState> => core.api.acquisition.state.query();

/** Every driver the core has. */
export function useDeviceTypes(): Answer<readonly DeviceType[]> {
  return useAnswer(askForTypes);
}

/** The truth of each poller. */
export function usePolling(): Answer<AcquisitionState> {
  return useAnswer(askForPolling, POLLING_EVERY_MS);
}
