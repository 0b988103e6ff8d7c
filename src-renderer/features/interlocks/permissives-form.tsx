import { Plus } from "lucide-react";
import { type JSX, useCallback } from "react";
import { type Channel, ChannelPatch } from "#contract/channels.ts";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "../control/form/form.module.css";
import { SaveBar } from "../control/form/save-bar.tsx";
import { Section } from "../control/form/section.tsx";
import { useDraftForm } from "../control/form/use-draft-form.ts";
import { newPermissive, type PermissivesDraft, permissivesOf } from "./channel-draft.ts";
import { patchChannel } from "./patch-channel.ts";
import { PermissiveRow } from "./permissive-row.tsx";

const MOST = 16;

/** What must hold for an output to be on, besides what its role and its loop need anyway. */
export function PermissivesForm({ channel }: { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation("interlocks");
  const { id } = channel;
  const save = useCallback(
    async (draft: PermissivesDraft): Promise<PermissivesDraft> =>
      permissivesOf(await patchChannel(id, ChannelPatch.parse(draft))),
    [id],
  );
  const form = useDraftForm<PermissivesDraft>({ initial: permissivesOf(channel), schema: ChannelPatch, save });
  const { permissives } = form.draft;
  return (
    <form onSubmit={form.submit} noValidate>
      <Section title={t("permissives.title")} lead={t("permissives.lead")}>
        {permissives.length === 0 && <p className={styles["note"]}>{t("permissives.none")}</p>}
        <ol className={styles["items"]}>
          {permissives.map((permissive, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; two may be alike
            <li key={`${at} ${permissive.kind}`}>
              <PermissiveRow
                form={form}
                at={at}
                ownId={id}
                permissive={permissive}
                onChange={(next) => form.set({ permissives: permissives.with(at, next) })}
                onRemove={() => form.set({ permissives: permissives.toSpliced(at, 1) })}
              />
            </li>
          ))}
        </ol>
        {!form.isDisabled && (
          <div>
            <Button
              disabledReason={permissives.length >= MOST ? t("permissives.full", { most: MOST }) : null}
              onPress={() => form.set({ permissives: [...permissives, newPermissive("sensor")] })}
            >
              <Plus aria-hidden="true" />
              {t("permissives.add")}
            </Button>
          </div>
        )}
        <SaveBar form={form} />
      </Section>
    </form>
  );
}
