import { type JSX, type SubmitEvent, useState } from "react";
import { useLocation } from "wouter";
import type { DeviceType } from "#contract/devices.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/fields.tsx";
import { SchemaForm } from "../../components/schema-form/schema-form.tsx";
import { useSchemaForm } from "../../components/schema-form/use-schema-form.ts";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { freeName } from "./device-filter.ts";
import { useDeviceWords, useNameList } from "./device-words.ts";
import styles from "./devices.module.css";
import { useFormBlock, useRefusedWords } from "./form-block.ts";
import { noteDevice } from "./note-device.ts";
import panelStyles from "./panel.module.css";
import { RomIdHelp } from "./rom-id-help.tsx";
import { FAULTS_PARAM, faultNamesOf } from "./tank-fault.ts";
import { TypeIcon } from "./type-icon.tsx";

const NO_PARAMS_ELSEWHERE: readonly string[] = [];
const FAULTS_ELSEWHERE: readonly string[] = [FAULTS_PARAM];

/** A name and a type's parameters: then it is tried at once, and its page says how it does. */
export function NewDeviceForm({ type }: { readonly type: DeviceType }): JSX.Element {
  const { t } = useTranslation(["devices", "common"]);
  const words = useDeviceWords();
  const listed = useNameList();
  const devices = useTank((s) => s.devices);
  const [, navigate] = useLocation();
  const title = words.typeTitle(type.type, type.title);
  const [typedName, setTypedName] = useState<string | null>(null);
  const name =
    typedName ??
    freeName(
      title,
      [...devices.values()].map((device) => device.name),
    );
  // Mishaps are switched on the device's own page, once it runs.
  const omitted = faultNamesOf(type).length > 0 ? FAULTS_ELSEWHERE : NO_PARAMS_ELSEWHERE;
  const form = useSchemaForm({ schema: type.paramsSchema, stored: null, omitted });
  const wordsOf = words.paramsOf(type.type);
  const blocked = useBlocked("admin");
  const { nameError, reason } = useFormBlock({ name, form, wordsOf });
  const refusedWords = useRefusedWords(form.fields, wordsOf);
  const disabledReason = blocked ?? type.unsupportedReason ?? reason;
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const add = async (): Promise<void> => {
    setPending(true);
    setProblem(null);
    try {
      const device = await core.api.devices.create.mutate({
        type: type.type,
        name: name.trim(),
        params: form.changes,
      });
      noteDevice(device.id, device);
      navigate(`/settings/devices/${device.id}`, { replace: true });
    } catch (error) {
      const refused = problemOf(error);
      form.refuse(refused.details);
      setProblem(refusedWords(refused));
      setPending(false);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isPending && disabledReason === null) void add();
  };
  const offered = type.channels.map(({ quantity, key }) =>
    quantity === "generic" ? key : t(`common:quantity.${quantity}`),
  );

  return (
    <form className={panelStyles["panel"]} onSubmit={submit}>
      <header className={panelStyles["panelHead"]}>
        <TypeIcon category={type.category} />
        <div className={styles["what"]}>
          <h2>{title}</h2>
          {offered.length > 0 && (
            <p className={styles["quiet"]}>
              {t("new.offers", { count: offered.length, names: listed([...new Set(offered)]) })}
            </p>
          )}
        </div>
      </header>
      <TextField
        label={t("new.name")}
        help={t("new.nameHelp")}
        value={name}
        onChange={setTypedName}
        error={nameError}
        isDisabled={blocked !== null}
      />
      {type.type === "ds18b20" && <RomIdHelp />}
      <SchemaForm form={form} wordsOf={wordsOf} isDisabled={blocked !== null} />
      {problem !== null && <Failure problem={problem} />}
      <div className={panelStyles["actions"]}>
        <Button type="submit" kind="primary" isPending={isPending} disabledReason={disabledReason}>
          {isPending ? t("new.pending") : t("new.submit")}
        </Button>
        {isPending && <p className={styles["quiet"]}>{t("new.pendingHelp")}</p>}
      </div>
    </form>
  );
}
