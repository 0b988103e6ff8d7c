import { type JSX, type SubmitEvent, useState } from "react";
import type { Device, DeviceType } from "#contract/devices.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/fields.tsx";
import { SchemaForm } from "../../components/schema-form/schema-form.tsx";
import { useSchemaForm } from "../../components/schema-form/use-schema-form.ts";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useDeviceWords } from "./device-words.ts";
import styles from "./devices.module.css";
import { useFormBlock, useRefusedWords } from "./form-block.ts";
import { noteDevice } from "./note-device.ts";
import panelStyles from "./panel.module.css";
import { Panel } from "./panel.tsx";
import { RomIdHelp } from "./rom-id-help.tsx";
import { FAULTS_PARAM } from "./tank-fault.ts";

interface DeviceSettingsProps {
  readonly device: Device;
  readonly type: DeviceType;
  readonly hasFaults: boolean;
}

const FAULTS_ELSEWHERE: readonly string[] = [FAULTS_PARAM];
const NOTHING_ELSEWHERE: readonly string[] = [];

/** Name and parameters. Only what was changed is sent, so that nothing another keeper does meanwhile is undone. */
export function DeviceSettings({ device, type, hasFaults }: DeviceSettingsProps): JSX.Element {
  const { t } = useTranslation(["devices", "common"]);
  const words = useDeviceWords();
  const wordsOf = words.paramsOf(type.type);
  const omitted = hasFaults ? FAULTS_ELSEWHERE : NOTHING_ELSEWHERE;
  const form = useSchemaForm({ schema: type.paramsSchema, stored: device.params, omitted });
  const [typedName, setTypedName] = useState<string | null>(null);
  const name = typedName ?? device.name;
  const { nameError, reason } = useFormBlock({ name, form, wordsOf });
  const refusedWords = useRefusedWords(form.fields, wordsOf);
  const blocked = useBlocked("admin");
  const [isPending, setPending] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const hasNewParams = Object.keys(form.changes).length > 0;
  const isChanged = hasNewParams || name.trim() !== device.name;
  const disabledReason = blocked ?? reason ?? (isChanged ? null : t("common:blocked.unchanged"));
  const isTouched = typedName !== null || form.touched.size > 0;

  const discard = (): void => {
    form.reset();
    setTypedName(null);
    setProblem(null);
  };
  const save = async (): Promise<void> => {
    setPending(true);
    setProblem(null);
    try {
      const saved = await core.api.devices.patch.mutate({
        id: device.id,
        ...(name.trim() === device.name ? {} : { name: name.trim() }),
        ...(hasNewParams ? { params: form.changes } : {}),
      });
      noteDevice(saved.id, saved);
      discard();
      setSaved(true);
    } catch (error) {
      const refused = problemOf(error);
      form.refuse(refused.details);
      setProblem(refusedWords(refused));
    } finally {
      setPending(false);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isPending && disabledReason === null) void save();
  };

  return (
    <Panel title={t("device.settings")}>
      <form className={panelStyles["form"]} onSubmit={submit} onChange={() => setSaved(false)}>
        <TextField
          label={t("device.name")}
          value={name}
          onChange={setTypedName}
          error={nameError}
          isDisabled={blocked !== null}
        />
        {type.type === "ds18b20" && <RomIdHelp />}
        <SchemaForm form={form} wordsOf={wordsOf} isDisabled={blocked !== null} />
        {problem !== null && <Failure problem={problem} />}
        {hasNewParams && device.isEnabled && <p className={styles["quiet"]}>{t("device.reconnects")}</p>}
        <div className={panelStyles["actions"]}>
          <Button type="submit" kind="primary" isPending={isPending} disabledReason={disabledReason}>
            {isPending ? t("common:action.saving") : t("device.save")}
          </Button>
          {isTouched && (
            <Button kind="quiet" onPress={discard}>
              {t("device.discard")}
            </Button>
          )}
          <p role="status" className={styles["quiet"]}>
            {isSaved && !isTouched && t("device.saved")}
          </p>
        </div>
      </form>
    </Panel>
  );
}
