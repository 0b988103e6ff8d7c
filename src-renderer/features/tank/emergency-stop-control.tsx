import { OctagonX } from "lucide-react";
import { type JSX, lazy, useState } from "react";
import type { EmergencyStopState } from "#contract/outputs.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { HoldButton } from "../../components/hold-button.tsx";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { learnAll } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { useMay } from "../../stores/session.ts";
import { useTank } from "../../stores/tank.ts";
import styles from "./emergency-stop-control.module.css";

const ReleaseDialog = lazy(async () => {
  const [{ ReleaseDialog: Asks }] = await Promise.all([import("../standing/release-dialog.tsx"), learnAll()]);
  return { default: Asks };
});

/** Stops everything by holding it for 1.5 s; while it is stopped, who did it, since when, and the way back. */
export function EmergencyStopControl(): JSX.Element {
  const state = useTank((t) => t.emergencyStop);
  return <div className={styles["control"]}>{state?.isActive === true ? <Held state={state} /> : <Stop />}</div>;
}

function Stop(): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const reason = useStopBlocked();
  const [problem, setProblem] = useState<Problem | null>(null);
  const stop = (): void => {
    setProblem(null);
    core.api.emergencyStop.engage.mutate().catch((error: unknown) => setProblem(problemOf(error)));
  };
  return (
    <>
      <HoldButton onHeld={stop} disabledReason={reason} hint={t("stop.hint")}>
        <OctagonX aria-hidden="true" />
        {t("stop.hold")}
      </HoldButton>
      {reason !== null && <small className={styles["reason"]}>{reason}</small>}
      {problem !== null && <Failure problem={problem} />}
    </>
  );
}

/** Stopping needs no PIN: whoever stands at the tank of a signed-in operator may stop it. */
function useStopBlocked(): string | null {
  const { t } = useTranslation(["tank", "common"]);
  const isOnline = useConnection((c) => c.state === "online");
  const mayOperate = useMay("operator");
  if (!isOnline) return t("stop.offline");
  return mayOperate ? null : t("common:blocked.operator");
}

function Held({ state }: { readonly state: EmergencyStopState }): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  const reason = useBlocked("operator");
  const [isAsking, setAsking] = useState(false);
  const words = {
    by: state.by ?? t("stop.somebody"),
    since: state.since === null ? t("common:state.unknown") : formats.dateTime(Date.parse(state.since)),
  };
  return (
    <>
      <p className={styles["held"]}>{t("stop.heldBy", words)}</p>
      <Button kind="danger" disabledReason={reason} onPress={() => setAsking(true)}>
        {t("stop.release")}
      </Button>
      {isAsking && (
        <LoadBoundary>
          <ReleaseDialog onClose={() => setAsking(false)} />
        </LoadBoundary>
      )}
    </>
  );
}
