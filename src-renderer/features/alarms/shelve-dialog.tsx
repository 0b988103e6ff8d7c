import { type JSX, useState } from "react";
import type { Alarm } from "#contract/alarms.ts";
import { TextField } from "../../components/fields.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { noteAlarm } from "../../stores/alarms.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { FormDialog } from "../settings/form-dialog.tsx";
import styles from "./alarms.module.css";
import { useAlarmWords } from "./use-alarm-words.ts";

const CHOICES = { "900": "15min", "3600": "1h", "14400": "4h", "43200": "12h", "86400": "24h" } as const;
type DurationS = keyof typeof CHOICES;
const DURATIONS = ["900", "3600", "14400", "43200", "86400"] as const satisfies readonly DurationS[];

interface ShelveDialogProps {
  /** All of one cause. */
  readonly alarms: readonly Alarm[];
  readonly onClose: () => void;
}

/** Quiet for a while, never for ever: it ends by itself. */
export function ShelveDialog({ alarms, onClose }: ShelveDialogProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  const blocked = useBlocked("operator");
  const [duration, setDuration] = useState<DurationS>("3600");
  const [note, setNote] = useState("");
  const shelve = async (): Promise<void> => {
    const how = { durationS: Number(duration), ...(note.trim() === "" ? {} : { note: note.trim() }) };
    for (const { id } of alarms) {
      const told = await core.api.alarms.shelve.mutate({ id, ...how });
      noteAlarm(told.id, told);
    }
  };
  return (
    <FormDialog
      title={t("shelve.title", { name: alarms[0] === undefined ? "" : words.title(alarms[0]) })}
      act={t("shelve.do")}
      disabledReason={blocked}
      onSubmit={shelve}
      onClose={onClose}
    >
      <p>{t("shelve.help")}</p>
      <div className={styles["choice"]}>
        <Segmented
          label={t("shelve.for")}
          value={duration}
          onChange={setDuration}
          choices={DURATIONS.map((value) => ({ value, text: t(`shelve.${CHOICES[value]}`) }))}
        />
      </div>
      <TextField label={t("shelve.note")} help={t("shelve.noteHelp")} value={note} onChange={setNote} />
    </FormDialog>
  );
}
