import { useState } from "react";
import type { Device } from "#contract/devices.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { noteDevice } from "./note-device.ts";
import { FAULTS_PARAM, faultsOf, faultsParam, isSameFault, type TankFault } from "./tank-fault.ts";

export interface FaultSwitches {
  readonly active: readonly TankFault[];
  /** The mishap that is being told to the tank. */
  readonly pending: TankFault | null;
  readonly isPending: boolean;
  readonly problem: Problem | null;
  /** Resolves to whether the core took it. */
  set(fault: TankFault, isActive: boolean): Promise<boolean>;
  endAll(): Promise<boolean>;
}

/** Switches a simulated tank's mishaps while it runs; each is shown at work only once the core says so. */
export function useFaults(device: Device): FaultSwitches {
  const [pending, setPending] = useState<TankFault | null>(null);
  const [isPending, setIsPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const tell = async (next: (active: readonly TankFault[]) => readonly TankFault[]): Promise<boolean> => {
    setIsPending(true);
    setProblem(null);
    try {
      // Of what is so now, not of when the button was drawn.
      const current = useTank.getState().devices.get(device.id) ?? device;
      const params = { [FAULTS_PARAM]: faultsParam(next(faultsOf(current))) };
      const saved = await core.api.devices.patch.mutate({ id: device.id, params });
      noteDevice(saved.id, saved);
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      setIsPending(false);
      setPending(null);
    }
  };

  return {
    active: faultsOf(device),
    pending,
    isPending,
    problem,
    set: (fault, isActive) => {
      setPending(fault);
      return tell((active) => {
        const others = active.filter((other) => !isSameFault(other, fault));
        return isActive ? [...others, fault] : others;
      });
    },
    endAll: () => tell(() => []),
  };
}
