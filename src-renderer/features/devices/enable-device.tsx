import { type JSX, useState } from "react";
import type { Device } from "#contract/devices.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { ConsequenceList } from "./consequence-list.tsx";
import { dependentsOf } from "./consequences.ts";
import { noteDevice } from "./note-device.ts";
import { Panel } from "./panel.tsx";

/** In use or not; before it is taken out of use, what that means. */
export function EnableDevice({ device }: { readonly device: Device }): JSX.Element {
  const { t } = useTranslation(["devices", "common"]);
  const loops = useTank((s) => s.loops);
  const blocked = useBlocked("admin");
  const [isAsking, setAsking] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const set = async (isEnabled: boolean): Promise<void> => {
    setPending(true);
    setProblem(null);
    try {
      const saved = await core.api.devices.patch.mutate({ id: device.id, isEnabled });
      noteDevice(saved.id, saved);
      setAsking(false);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setPending(false);
    }
  };

  return (
    <Panel
      title={t("enable.title")}
      lead={device.isEnabled ? t("enable.on") : t("enable.off")}
      aside={
        <Button
          isPending={isPending}
          disabledReason={blocked}
          onPress={() => (device.isEnabled ? setAsking(true) : void set(true))}
        >
          {device.isEnabled ? t("enable.disable") : t("enable.enable")}
        </Button>
      }
    >
      {problem !== null && !isAsking && <Failure problem={problem} />}
      <Dialog
        isAlert
        title={t("enable.ask", { name: device.name })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
      >
        <ConsequenceList dependents={dependentsOf(device, loops.values())} act="disable" />
        {problem !== null && <Failure problem={problem} />}
        <DialogActions>
          <Button onPress={() => setAsking(false)}>{t("common:action.cancel")}</Button>
          <Button kind="danger" isPending={isPending} disabledReason={blocked} onPress={() => void set(false)}>
            {t("enable.confirm")}
          </Button>
        </DialogActions>
      </Dialog>
    </Panel>
  );
}
