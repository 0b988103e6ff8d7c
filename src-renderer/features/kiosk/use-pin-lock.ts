import { useEffect, useLayoutEffect } from "react";
import { lockByPin, unlock, usePinLock } from "../../stores/pin-lock.ts";
import { useSession } from "../../stores/session.ts";
import { whenIdle } from "./touches.ts";

/** So long after the last touch the screen locks itself again. */
const UNLOCKED_FOR_MS = 300_000;

/** Keeps the lock of this screen: shut from the start where its user has a PIN, and again when nobody is at it. */
export function usePinLockKept(isKiosk: boolean): void {
  const userId = useSession((s) => s.user?.id ?? null);
  const hasPin = useSession((s) => s.user?.hasPin ?? false) && isKiosk;
  const isLocked = usePinLock((p) => p.isLocked);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another user's lock is another one
  useLayoutEffect(() => {
    if (hasPin) lockByPin();
    else unlock();
    return unlock;
  }, [hasPin, userId]);

  useEffect(() => {
    if (!hasPin || isLocked) return;
    return whenIdle(UNLOCKED_FOR_MS, lockByPin);
  }, [hasPin, isLocked]);
}
