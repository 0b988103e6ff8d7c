import type { JSX } from "react";
import { useLocation } from "wouter";
import { useConnection } from "../../stores/connection.ts";
import { useTank } from "../../stores/tank.ts";
import { AlarmBanner } from "./alarm-banner.tsx";
import { EmergencyBanner } from "./emergency-banner.tsx";
import { ModeBanner } from "./mode-banner.tsx";
import { SafeModeBanner } from "./safe-mode-banner.tsx";

/** Their own heads say who stopped everything, and carry the way to release it. */
const WITH_STOP_CONTROL: readonly string[] = ["/", "/equipment", "/control"];

/** What calls, then what holds the tank as a whole, the gravest first. */
export function StandingBanner(): JSX.Element {
  const [location] = useLocation();
  const stop = useTank((s) => s.emergencyStop);
  const safeMode = useTank((s) => s.safeMode);
  const mode = useTank((s) => s.activeMode);
  // What calls while the core is away, nobody knows.
  const isOnline = useConnection((c) => c.state === "online");
  const isStopShown = stop?.isActive === true && !WITH_STOP_CONTROL.includes(location);
  return (
    <>
      {isOnline && <AlarmBanner />}
      {isStopShown && <EmergencyBanner state={stop} />}
      {safeMode !== null && <SafeModeBanner safeMode={safeMode} />}
      {mode !== null && <ModeBanner mode={mode} />}
    </>
  );
}
