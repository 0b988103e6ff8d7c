import type { JSX } from "react";
import { useLocation } from "wouter";
import { useTank } from "../../stores/tank.ts";
import { EmergencyBanner } from "./emergency-banner.tsx";
import { ModeBanner } from "./mode-banner.tsx";
import { SafeModeBanner } from "./safe-mode-banner.tsx";

/** Their own heads say who stopped everything, and carry the way to release it. */
const WITH_STOP_CONTROL: readonly string[] = ["/", "/equipment", "/control"];

/** What holds the tank as a whole, the gravest first. */
export function StandingBanner(): JSX.Element {
  const [location] = useLocation();
  const stop = useTank((s) => s.emergencyStop);
  const safeMode = useTank((s) => s.safeMode);
  const mode = useTank((s) => s.activeMode);
  const isStopShown = stop?.isActive === true && !WITH_STOP_CONTROL.includes(location);
  return (
    <>
      {isStopShown && <EmergencyBanner state={stop} />}
      {safeMode !== null && <SafeModeBanner safeMode={safeMode} />}
      {mode !== null && <ModeBanner mode={mode} />}
    </>
  );
}
