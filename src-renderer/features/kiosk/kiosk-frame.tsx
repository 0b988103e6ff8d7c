import type { JSX, ReactNode } from "react";
import { useKiosk } from "../../stores/kiosk.ts";
import { NightClock } from "./night-clock.tsx";
import { PinPad } from "./pin-pad.tsx";
import { useAskOnBlocked } from "./use-ask-on-blocked.ts";
import { usePinLockKept } from "./use-pin-lock.ts";

/** What a touch screen by the tank adds to every page: the lock and the clock. Anywhere else it adds nothing. */
export function KioskFrame({ children }: { readonly children: ReactNode }): JSX.Element {
  const isKiosk = useKiosk((k) => k.isKiosk);
  usePinLockKept(isKiosk);
  useAskOnBlocked();
  return (
    <>
      {children}
      {isKiosk && (
        <>
          <PinPad />
          <NightClock />
        </>
      )}
    </>
  );
}
