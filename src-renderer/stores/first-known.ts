import { useSession } from "./session.ts";
import { channelsOf, NOTHING_KNOWN, useTank } from "./tank.ts";

/** A page that is still empty after this would look broken: then it says what it waits for. */
const PATIENCE_MS = 250;

/** Resolves when the first screen can be drawn as it is to be: the tank with its values, or the sign-in; or it takes too long. */
export function firstKnown(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(), PATIENCE_MS);
    const look = () => isKnown() && done();
    const ends = [useSession.subscribe(look), useTank.subscribe(look)];
    const done = () => {
      clearTimeout(timer);
      for (const end of ends) end();
      resolve();
    };
    look();
  });
}

function isKnown(): boolean {
  const { stage } = useSession.getState();
  if (stage !== "signed-in") return stage !== "unknown";
  const { devices, readings, emergencyStop, health } = useTank.getState();
  if (devices === NOTHING_KNOWN.devices || emergencyStop === null || health === null) return false;
  return channelsOf(devices).every(({ id, kind }) => kind !== "sensor" || readings.has(id));
}
