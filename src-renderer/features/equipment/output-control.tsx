import { type JSX, lazy, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import type { Output } from "#contract/outputs.ts";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import type { Hold } from "./hold-dialog.tsx";
import styles from "./output-card.module.css";
import { modeOf, type OutputMode } from "./output-view.ts";

const HoldDialog = lazy(async () => ({ default: (await import("./hold-dialog.tsx")).HoldDialog }));

interface OutputControlProps {
  readonly channel: Channel;
  readonly output: Output;
}

/** Off · Auto · On. A hand always says for how long; what the core refuses is said right here. */
export function OutputControl({ channel, output }: OutputControlProps): JSX.Element {
  const { t } = useTranslation("equipment");
  const reason = useOutputBlocked();
  const [asked, setAsked] = useState<"off" | "on" | null>(null);
  const act = useAct();
  const mode = modeOf(output);
  const { channelId } = output;

  const choose = (next: OutputMode): void => {
    act.clear();
    if (next !== "auto") setAsked(next);
    else void act.run(() => core.api.outputs.clearOverride.mutate({ channelId }));
  };
  const hold = ({ level, durationS }: Hold): void => {
    setAsked(null);
    void act.run(() => core.api.outputs.override.mutate({ channelId, level, durationS }));
  };

  return (
    <div className={styles["control"]}>
      <Segmented
        label={t("control", { name: output.name })}
        value={mode}
        onChange={choose}
        accented={["off", "on"]}
        disabledReason={reason}
        choices={[
          { value: "off", text: t("mode.off") },
          { value: "auto", text: t("mode.auto") },
          { value: "on", text: t(channel.kind === "dimmer" ? "mode.level" : "mode.on") },
        ]}
      />
      {reason !== null && output.owner !== "emergency-stop" && (
        <small className={styles["reason"]}>{reason}</small>
      )}
      {act.isPending && (
        <small className={styles["reason"]} role="status">
          {t("sending")}
        </small>
      )}
      {act.problem !== null && <Failure problem={act.problem} />}
      {asked !== null && (
        <LoadBoundary>
          <HoldDialog
            channel={channel}
            output={output}
            target={asked}
            onHold={hold}
            onClose={() => setAsked(null)}
          />
        </LoadBoundary>
      )}
    </div>
  );
}

function useOutputBlocked(): string | null {
  const { t } = useTranslation();
  const reason = useBlocked("operator");
  const isStopped = useTank((s) => s.emergencyStop?.isActive ?? false);
  return reason ?? (isStopped ? t("blocked.emergencyStop") : null);
}
