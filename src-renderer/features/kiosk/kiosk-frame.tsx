import { type JSX, lazy, type ReactNode } from "react";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { useKiosk } from "../../stores/kiosk.ts";
import { useAskOnBlocked } from "./use-ask-on-blocked.ts";
import { usePinLockKept } from "./use-pin-lock.ts";

const PinPad = lazy(async () => ({ default: (await import("./pin-pad.tsx")).PinPad }));
const NightClock = lazy(async () => ({ default: (await import("./night-clock.tsx")).NightClock }));

/** What a touch screen by the tank adds to every page: the lock and the clock. Anywhere else it adds nothing. */
export function KioskFrame({ children }: { readonly children: ReactNode }): JSX.Element {
  const isKiosk = useKiosk((k) => k.isKiosk);
  usePinLockKept(isKiosk);
  useAskOnBlocked();
  return (
    <>
      {children}
      {isKiosk && (
        <LoadBoundary>
          <PinPad />
          <NightClock />
        </LoadBoundary>
      )}
    </>
  );
}
