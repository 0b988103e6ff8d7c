import { Trash2 } from "lucide-react";
import { type JSX, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Device } from "#contract/devices.ts";
import type { FaultDetail } from "#contract/errors.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { HoldButton } from "../../components/hold-button.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { ConsequenceList } from "./consequence-list.tsx";
import { dependentsOf } from "./consequences.ts";
import { useNameList } from "./device-words.ts";
import styles from "./devices.module.css";
import { noteDevice } from "./note-device.ts";
import panelStyles from "./panel.module.css";
import { Panel } from "./panel.tsx";

/** Takes a device away for good: what goes with it is named, who still needs it stands in the way, and it takes a held press. */
export function DeleteDevice({ device }: { readonly device: Device }): JSX.Element {
  const { t } = useTranslation(["devices", "common"]);
  const blocked = useBlocked("admin");
  const [isAsking, setAsking] = useState(false);
  return (
    <Panel
      title={t("remove.title")}
      lead={t("remove.help")}
      aside={
        <Button kind="danger" disabledReason={blocked} onPress={() => setAsking(true)}>
          <Trash2 aria-hidden="true" />
          {t("remove.open")}
        </Button>
      }
    >
      <Dialog
        isAlert
        title={t("remove.ask", { name: device.name })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      >
        <Question device={device} onClose={() => setAsking(false)} />
      </Dialog>
    </Panel>
  );
}

function Question({ device, onClose }: { readonly device: Device; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation(["devices", "common"]);
  const loops = useTank((s) => s.loops);
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const dependents = dependentsOf(device, loops.values());
  const users = useNameList()(dependents.loops.map(({ name }) => name));
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const remove = async (): Promise<void> => {
    setPending(true);
    setProblem(null);
    try {
      await core.api.devices.delete.mutate({ id: device.id });
      navigate("/settings/devices", { replace: true });
      noteDevice(device.id, null);
    } catch (error) {
      setProblem(problemOf(error));
      setPending(false);
    }
  };

  return (
    <>
      <ConsequenceList dependents={dependents} act="delete" />
      {dependents.loops.length > 0 && (
        <div className={styles["notice"]} role="status">
          <p>
            {t("remove.inUse", { count: dependents.loops.length })} <strong>{users}</strong>
          </p>
          <Link href="/equipment" className={styles["textLink"]}>
            {t("remove.toLoops")}
          </Link>
        </div>
      )}
      {problem !== null && (
        <>
          <Failure problem={problem} />
          <UsedBy details={problem.details} />
        </>
      )}
      <DialogActions>
        <Button onPress={onClose}>{t("common:action.cancel")}</Button>
        <HoldButton
          hint={t("remove.hint")}
          disabledReason={blocked ?? (dependents.loops.length > 0 ? t("remove.usedBy", { names: users }) : null)}
          onHeld={() => {
            if (!isPending) void remove();
          }}
        >
          <Trash2 aria-hidden="true" />
          {isPending ? t("remove.pending") : t("remove.hold")}
        </HoldButton>
      </DialogActions>
    </>
  );
}

/** A loop that came to use it meanwhile: the core names it by id and name. */
function UsedBy({ details }: { readonly details: readonly FaultDetail[] }): JSX.Element | null {
  const users = details
    .filter(({ field }) => field === "loops")
    .map(({ message }) => message.replace(/^\S+ /, ""));
  if (users.length === 0) return null;
  return (
    <ul className={panelStyles["consequences"]}>
      {users.map((user) => (
        <li key={user}>{user}</li>
      ))}
    </ul>
  );
}
