import { type JSX, useCallback, useState } from "react";
import { type Channel, ChannelPatch } from "#contract/channels.ts";
import { Equipment } from "#contract/guards.ts";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { SaveBar } from "../control/form/save-bar.tsx";
import { Section } from "../control/form/section.tsx";
import { plainUnit } from "../control/form/shown-number.ts";
import { useDraftForm } from "../control/form/use-draft-form.ts";
import { isOutput, measures } from "../loops/fits.ts";
import { type EquipmentDraft, equipmentOf } from "./channel-draft.ts";
import { FlowDialog } from "./flow-dialog.tsx";
import { patchChannel } from "./patch-channel.ts";

const WATT = plainUnit("W", 0);
const FLOW = plainUnit("mL/s", 3);
const PUMPS: readonly string[] = ["doser", "top-off"];

/** What hangs on an output, as far as its keeper says. */
export function EquipmentForm({ channel }: { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation("interlocks");
  const { id } = channel;
  const save = useCallback(
    async (_: EquipmentDraft, changes: Partial<EquipmentDraft>): Promise<EquipmentDraft> =>
      equipmentOf(await patchChannel(id, ChannelPatch.parse({ equipment: changes }))),
    [id],
  );
  const form = useDraftForm<EquipmentDraft>({ initial: equipmentOf(channel), schema: Equipment, save });
  const { draft, set } = form;
  return (
    <form onSubmit={form.submit} noValidate>
      <Section title={t("equipment.title")} lead={t("equipment.lead")}>
        <div className={styles["pair"]}>
          <NumberRow
            form={form}
            path="ratedW"
            label={t("equipment.rated")}
            help={t("equipment.ratedHelp")}
            value={draft.ratedW}
            onChange={(ratedW) => set({ ratedW })}
            display={WATT}
            isNullable
          />
          <NumberRow
            form={form}
            path="relayLifeCycles"
            label={t("equipment.relay")}
            help={t("equipment.ratedHelp")}
            value={draft.relayLifeCycles}
            onChange={(relayLifeCycles) => set({ relayLifeCycles })}
            display={plainUnit(t("equipment.relayUnit"), 0)}
            isNullable
          />
        </div>
        <ChannelRow
          form={form}
          path="powerChannelId"
          label={t("equipment.power")}
          help={t("equipment.powerHelp")}
          value={draft.powerChannelId}
          onChange={(powerChannelId) => set({ powerChannelId })}
          fits={measures("power")}
          whenNone={t("equipment.noPower")}
          isNullable
        />
        <ChannelRow
          form={form}
          path="masterChannelId"
          label={t("equipment.master")}
          help={t("equipment.masterHelp")}
          value={draft.masterChannelId}
          onChange={(masterChannelId) => set({ masterChannelId })}
          fits={(other) => isOutput(other) && other.id !== id}
          whenNone={t("equipment.noOutput")}
          isNullable
        />
        {PUMPS.includes(channel.role) && (
          <>
            <NumberRow
              form={form}
              path="flowMlPerS"
              label={t("equipment.flow")}
              help={t("equipment.flowHelp")}
              value={draft.flowMlPerS}
              onChange={(flowMlPerS) => set({ flowMlPerS })}
              display={FLOW}
              isNullable
            />
            <Calibrate channel={channel} onFlow={(flowMlPerS) => set({ flowMlPerS })} />
          </>
        )}
        <SaveBar form={form} />
      </Section>
    </form>
  );
}

interface CalibrateProps {
  readonly channel: Channel;
  readonly onFlow: (flowMlPerS: number) => void;
}

function Calibrate({ channel, onFlow }: CalibrateProps): JSX.Element {
  const { t } = useTranslation("interlocks");
  const blocked = useBlocked("admin");
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button disabledReason={blocked} onPress={() => setOpen(true)}>
        {t("equipment.calibrate")}
      </Button>
      {isOpen && (
        <FlowDialog
          channel={channel}
          onClose={() => setOpen(false)}
          onFlow={(flow) => {
            onFlow(flow);
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}
