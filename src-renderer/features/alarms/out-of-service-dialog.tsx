import { type JSX, useState } from "react";
import { type Alarm, AlarmOutOfService } from "#contract/alarms.ts";
import { TextField } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { noteAlarm } from "../../stores/alarms.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { FormDialog } from "../settings/form-dialog.tsx";
import { useAlarmWords } from "./use-alarm-words.ts";

interface OutOfServiceDialogProps {
  readonly alarm: Alarm;
  readonly onClose: () => void;
}

/** Off until somebody puts it back, and never without a reason. */
export function OutOfServiceDialog({ alarm, onClose }: OutOfServiceDialogProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  const blocked = useBlocked("admin");
  const [reason, setReason] = useState("");
  const isSaid = AlarmOutOfService.safeParse({ reason }).success;
  const leave = async (): Promise<void> => {
    const told = await core.api.alarms.outOfService.mutate({ id: alarm.id, reason });
    noteAlarm(told.id, told);
  };
  return (
    <FormDialog
      title={t("outOfService.title", { name: words.title(alarm) })}
      kind="danger"
      act={t("outOfService.do")}
      disabledReason={blocked ?? (isSaid ? null : t("outOfService.needsReason"))}
      onSubmit={leave}
      onClose={onClose}
    >
      <p>{t("outOfService.help")}</p>
      <TextField label={t("outOfService.reason")} value={reason} onChange={setReason} isRequired />
    </FormDialog>
  );
}
