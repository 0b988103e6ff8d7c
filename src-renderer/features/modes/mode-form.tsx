import { Plus } from "lucide-react";
import { type JSX, useCallback } from "react";
import { useLocation } from "wouter";
import { ModeKind } from "#contract/mode-kinds.ts";
import { ModeCreate, ModePatch } from "#contract/modes.ts";
import { Chip } from "../../charts/chip.tsx";
import { Button } from "../../components/button.tsx";
import { Select } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { SaveBar } from "../control/form/save-bar.tsx";
import { Section } from "../control/form/section.tsx";
import { type DraftForm, useDraftForm } from "../control/form/use-draft-form.ts";
import { NameRow } from "../loops/fields-common.tsx";
import { type ModeDraft, modeChecks, modeDraftOf } from "./mode-draft.ts";
import { ModeOutputRow } from "./mode-output-row.tsx";
import { ModePlan } from "./mode-plan.tsx";
import own from "./modes.module.css";
import { noteMode } from "./note-mode.ts";

interface ModeFormProps {
  readonly initial: ModeDraft;
  /** null: it is to be made. */
  readonly modeId: string | null;
}

const SUPPRESSIBLE = ModeCreate.shape.suppresses.unwrap().element.options;

/** What a mode is for, how long it lasts, what it holds and how that comes back. */
export function ModeForm({ initial, modeId }: ModeFormProps): JSX.Element {
  const { t } = useTranslation(["modes", "control"]);
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const save = useCallback(
    async (draft: ModeDraft, changes: Partial<ModeDraft>): Promise<ModeDraft | null> => {
      if (modeId === null) {
        const made = await core.api.modes.create.mutate(ModeCreate.parse(draft));
        noteMode(made.id, made);
        navigate("/control/modes", { replace: true });
        return null;
      }
      const kept = await core.api.modes.patch.mutate({ id: modeId, ...ModePatch.parse(changes) });
      noteMode(kept.id, kept);
      return modeDraftOf(kept);
    },
    [modeId, navigate],
  );
  const form = useDraftForm<ModeDraft>({
    initial,
    schema: ModeCreate,
    isNew: modeId === null,
    check: modeChecks,
    save,
  });
  const { draft, set } = form;
  return (
    <form className={own["editor"]} onSubmit={form.submit} aria-label={t("title")} noValidate>
      <div className={styles["form"]}>
        {blocked !== null && <p className={styles["note"]}>{t("control:form.whoMay", { reason: blocked })}</p>}
        <Section title={t("form.what")} lead={t("form.whatLead")}>
          <NameRow form={form} />
          <Select
            label={t("form.kind")}
            help={t("form.kindHelp")}
            value={draft.kind}
            onChange={(kind) => set({ kind })}
            choices={ModeKind.options.map((value) => ({ value, text: t(`control:modeKind.${value}`) }))}
            isDisabled={form.isDisabled}
          />
          <DurationRow
            form={form}
            path="durationS"
            label={t("form.duration")}
            value={draft.durationS}
            onChange={(durationS) => set({ durationS: durationS ?? Number.NaN })}
            schema={ModeCreate.shape.durationS}
            units={["s", "min", "h", "d"]}
          />
        </Section>
        <Outputs form={form} />
        <Section title={t("form.suppresses")} lead={t("form.suppressesHelp")}>
          <div className={own["chips"]}>
            {SUPPRESSIBLE.map((kind) => (
              <Chip
                key={kind}
                text={t(`form.suppress.${kind}`)}
                isSelected={draft.suppresses.includes(kind)}
                isDisabled={form.isDisabled}
                onChange={(isOn) =>
                  set({
                    suppresses: isOn
                      ? [...draft.suppresses, kind]
                      : draft.suppresses.filter((other) => other !== kind),
                  })
                }
              />
            ))}
          </div>
        </Section>
      </div>
      <div className={own["aside"]}>
        <Section title={t("form.preview")} lead={t("form.previewLead")}>
          <ModePlan draft={draft} />
          <SaveBar form={form} {...(modeId === null ? { action: t("control:form.create") } : {})} />
        </Section>
      </div>
    </form>
  );
}

function Outputs({ form }: { readonly form: DraftForm<ModeDraft> }): JSX.Element {
  const { t } = useTranslation("modes");
  const devices = useTank((s) => s.devices);
  const { outputs } = form.draft;
  const taken = new Set(outputs.map(({ channelId }) => channelId));
  const free = channelsOf(devices).find(({ id, kind }) => kind !== "sensor" && !taken.has(id));
  return (
    <Section title={t("form.outputs")} lead={t("form.outputsLead")}>
      {outputs.length === 0 && <p className={styles["note"]}>{t("form.noOutputs")}</p>}
      <ol className={styles["items"]}>
        {outputs.map((output, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; what it names is being chosen in it
          <li key={at}>
            <ModeOutputRow
              form={form}
              at={at}
              output={output}
              onChange={(next) => form.set({ outputs: outputs.with(at, next) })}
              onRemove={() => form.set({ outputs: outputs.toSpliced(at, 1) })}
            />
          </li>
        ))}
      </ol>
      {!form.isDisabled && (
        <div>
          <Button
            disabledReason={free === undefined ? t("form.addAll") : null}
            onPress={() =>
              form.set({
                outputs: [...outputs, { channelId: free?.id ?? "", level: 0, returnsAfterS: 0 }],
              })
            }
          >
            <Plus aria-hidden="true" />
            {t("form.add")}
          </Button>
        </div>
      )}
    </Section>
  );
}
