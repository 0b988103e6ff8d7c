import { create } from "zustand";
import type { DeviceType } from "#contract/devices.ts";
import type { AcquisitionState } from "#contract/system.ts";
import { core } from "../../stores/core.ts";
import { type Answer, useAnswer } from "./use-answer.ts";

/** Facts that are counted, not announced: asked for while somebody looks. */
const POLLING_EVERY_MS = 3_000;
/** A page of them is all of them: there are as many as this program has drivers. */
const MOST_TYPES = 200;

/** Types change with the program alone: what was heard once is good on every page, also while the controller is away. */
const useKnownTypes = create<{ readonly types: readonly DeviceType[] | null }>(() => ({ types: null }));

async function askForTypes(): Promise<readonly DeviceType[]> {
  const { items: types } = await core.api.devices.types.query({ limit: MOST_TYPES });
  useKnownTypes.setState({ types });
  return types;
}

const askForPolling = (): Promise<AcquisitionState> => core.api.acquisition.state.query();

/** Every driver the core has. */
export function useDeviceTypes(): Answer<readonly DeviceType[]> {
  const known = useKnownTypes((s) => s.types);
  const answer = useAnswer(askForTypes);
  return { ...answer, value: answer.value ?? known };
}

/** The truth of each poller. */
export function usePolling(): Answer<AcquisitionState> {
  return useAnswer(askForPolling, POLLING_EVERY_MS);
}
