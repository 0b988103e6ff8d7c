import { type JSX, lazy } from "react";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { learnAll } from "../../i18n/i18n.ts";
import { isCalling, useAlarms } from "../../stores/alarms.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTank } from "../../stores/tank.ts";

const StandingBanner = lazy(async () => {
  const [{ StandingBanner: Banner }] = await Promise.all([import("../standing/standing-banner.tsx"), learnAll()]);
  return { default: Banner };
});

/** What calls, or holds the tank as a whole, on every page: an alarm, the emergency stop, safe mode, a mode. Fetched with the first of them. */
export function StandingNote(): JSX.Element | null {
  const isStanding = useTank(
    (s) => s.emergencyStop?.isActive === true || s.safeMode !== null || s.activeMode !== null,
  );
  // What calls while the core is away, nobody knows: then that is the one banner.
  const isOnline = useConnection((c) => c.state === "online");
  const isAlarmCalling = useAlarms((a) => a.standing.some(isCalling));
  return isStanding || (isAlarmCalling && isOnline) ? (
    <LoadBoundary>
      <StandingBanner />
    </LoadBoundary>
  ) : null;
}
