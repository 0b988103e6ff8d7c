import { useEffect } from "react";
import { useConnection } from "../../stores/connection.ts";
import { askForPin, usePinLock } from "../../stores/pin-lock.ts";
import { useMay } from "../../stores/session.ts";

/** How our components mark what cannot be used now. */
const BLOCKED = "[data-blocked], [data-disabled]";

/** Whoever presses what the lock blocks wants to act: the PIN is asked for right there. */
export function useAskOnBlocked(): void {
  const isLocked = usePinLock((p) => p.isLocked);
  const mayAct = useMay("operator");
  const isOnline = useConnection((c) => c.state === "online");
  const isAsking = isLocked && mayAct && isOnline;

  useEffect(() => {
    if (!isAsking) return;
    const onClick = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest(BLOCKED) !== null) askForPin();
    };
    addEventListener("click", onClick, true);
    return () => removeEventListener("click", onClick, true);
  }, [isAsking]);
}
