import { type JSX, lazy } from "react";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { learnAll } from "../../i18n/i18n.ts";
import { useTank } from "../../stores/tank.ts";

const StandingBanner = lazy(async () => {
  const [{ StandingBanner: Banner }] = await Promise.all([import("../standing/standing-banner.tsx"), learnAll()]);
  return { default: Banner };
});

/** What holds the tank as a whole, on every page: the emergency stop, safe mode, a mode. Fetched with the first of them. */
export function StandingNote(): JSX.Element | null {
  const isStanding = useTank(
    (s) => s.emergencyStop?.isActive === true || s.safeMode !== null || s.activeMode !== null,
  );
  return isStanding ? (
    <LoadBoundary>
      <StandingBanner />
    </LoadBoundary>
  ) : null;
}
