import type { JSX } from "react";
import { Link } from "wouter";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import styles from "../control/form/form.module.css";
import { Section } from "../control/form/section.tsx";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { ChannelChips } from "./channel-chips.tsx";
import { NameRow } from "./fields-common.tsx";
import { measures, plays } from "./fits.ts";
import { type DraftOf, firstLevels, isPercent } from "./loop-draft.ts";
import { EmptyRow, FillDelayRows, FillLevelRows } from "./top-off-rows.tsx";

interface TopOffFieldsProps {
  readonly form: DraftForm<DraftOf<"top-off">>;
}

const IS_LEVEL = measures("level");

/** What a top-off goes by, and everything that must hold before it pumps. */
export function TopOffFields({ form }: TopOffFieldsProps): JSX.Element {
  const { t } = useTranslation(["control", "common"]);
  const { draft, set } = form;
  const noLevel = t("form.noSensor", { what: t("topOff.noSensorWhat") });
  return (
    <>
      <Section title={t("topOff.keeps")} lead={t("topOff.keepsLead")}>
        <NameRow form={form} />
        <ChannelRow
          form={form}
          path="pumpChannelId"
          label={t("topOff.pump")}
          value={draft.pumpChannelId}
          onChange={(id) => set({ pumpChannelId: id ?? "" })}
          fits={plays("top-off")}
          whenNone={t("form.noOutput", { role: t("common:role.top-off") })}
        />
        <LevelFields form={form} />
      </Section>
      <Section title={t("topOff.must")} lead={t("topOff.mustLead")}>
        <ChannelRow
          form={form}
          path="returnPumpChannelId"
          label={t("topOff.returnPump")}
          help={t("topOff.returnPumpHelp")}
          value={draft.returnPumpChannelId}
          onChange={(returnPumpChannelId) => set({ returnPumpChannelId })}
          fits={plays("return-pump")}
          whenNone={t("form.noOutput", { role: t("common:role.return-pump") })}
          isNullable
        />
        <ChannelRow
          form={form}
          path="highLevelChannelId"
          label={t("topOff.high")}
          help={t("topOff.highHelp")}
          value={draft.highLevelChannelId}
          onChange={(highLevelChannelId) => set({ highLevelChannelId })}
          fits={IS_LEVEL}
          whenNone={noLevel}
          isNullable
        />
        <ChannelRow
          form={form}
          path="reservoirChannelId"
          label={t("topOff.reservoir")}
          help={t("topOff.reservoirHelp")}
          value={draft.reservoirChannelId}
          onChange={(reservoirChannelId) => set({ reservoirChannelId })}
          fits={IS_LEVEL}
          whenNone={noLevel}
          isNullable
        />
        <EmptyRow form={form} />
        <ChannelChips
          label={t("topOff.leaks")}
          help={t("topOff.leaksHelp")}
          value={draft.leakChannelIds}
          onChange={(leakChannelIds) => set({ leakChannelIds })}
          fits={measures("leak")}
          isDisabled={form.isDisabled}
        />
      </Section>
      <Section title={t("topOff.delays")} lead={t("topOff.delaysLead")}>
        <div className={styles["pair"]}>
          <FillDelayRows form={form} />
        </div>
        <p className={styles["note"]}>
          {t("topOff.limits")}{" "}
          {draft.pumpChannelId !== "" && (
            <Link className={styles["link"]} href={`/channels/${draft.pumpChannelId}`}>
              {t("topOff.toPump")}
            </Link>
          )}{" "}
          <Link className={styles["link"]} href="/settings/tank">
            {t("topOff.toTank")}
          </Link>
        </p>
      </Section>
    </>
  );
}

/** A float says wet or dry; a sensor in % is given two levels. */
function LevelFields({ form }: TopOffFieldsProps): JSX.Element {
  const { t } = useTranslation("control");
  const devices = useTank((s) => s.devices);
  const readings = useTank((s) => s.readings);
  const { draft, set } = form;
  const channels = channelsOf(devices);
  const channel = channels.find(({ id }) => id === draft.levelChannelId);
  const hasLevels = channel !== undefined && isPercent(channel);
  const choose = (id: string | null): void => {
    const levelChannelId = id ?? "";
    const levelOf = (channelId: string): number | null => readings.get(channelId)?.value ?? null;
    set({ levelChannelId, ...firstLevels({ channels, levelOf }, levelChannelId) });
  };
  return (
    <>
      <ChannelRow
        form={form}
        path="levelChannelId"
        label={t("topOff.level")}
        {...(channel !== undefined && !hasLevels ? { help: t("topOff.digital") } : {})}
        value={draft.levelChannelId}
        onChange={choose}
        fits={IS_LEVEL}
        whenNone={t("form.noSensor", { what: t("topOff.noSensorWhat") })}
      />
      <FillLevelRows form={form} />
    </>
  );
}
