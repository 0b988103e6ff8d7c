import { type JSX, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { Chip } from "../../charts/chip.tsx";
import { HistoryProblem } from "../../charts/history-problem.tsx";
import { Lanes } from "../../charts/lanes.tsx";
import { RangeBar } from "../../charts/range-bar.tsx";
import { useChart } from "../../charts/use-chart.ts";
import { useHistories } from "../../charts/use-histories.ts";
import { lastOf } from "../../charts/view.ts";
import { Empty, Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { Page } from "../shell/page.tsx";
import { chartGroups, chosenFrom, firstChoice, MOST_CHANNELS } from "./chart-groups.ts";
import { GroupChart } from "./group-chart.tsx";
import styles from "./history-page.module.css";

/** Histories of several channels side by side, over one span and with one cursor. */
export function HistoryPage(): JSX.Element {
  const { t } = useTranslation(["channel", "common"]);
  const formats = useFormats();
  const search = useSearch();
  const [, navigate] = useLocation();
  const devices = useTank((tank) => tank.devices);
  const outputs = useTank((tank) => tank.outputs);
  const sensors = useMemo(() => channelsOf(devices).filter(({ kind }) => kind === "sensor"), [devices]);
  const chosen = useMemo(() => chosenFrom(search, sensors) ?? firstChoice(sensors), [search, sensors]);
  const controls = useChart(lastOf("24h"));
  const channels = useMemo(
    () => chosen.flatMap((id) => sensors.find((sensor) => sensor.id === id) ?? []),
    [chosen, sensors],
  );
  const { byChannel, problem, retry } = useHistories(channels, controls.view, false);
  const groups = chartGroups(channels, ({ quantity, unit }) => formats.unitOf(quantity, unit));
  const choose = (id: string, isChosen: boolean): void => {
    const next = isChosen ? [...chosen, id] : chosen.filter((other) => other !== id);
    navigate(`/history?channels=${next.join(",")}`, { replace: true });
  };
  if (sensors.length === 0) {
    return (
      <Page title={t("history.title")}>
        {devices.size === 0 && outputs.size === 0 ? (
          <Loading lines={8} />
        ) : (
          <Empty title={t("history.noChannels")}>{t("history.noChannelsHelp")}</Empty>
        )}
      </Page>
    );
  }
  const isFull = chosen.length >= MOST_CHANNELS;
  return (
    <Page
      title={t("history.title")}
      lead={`${t("history.lead")} ${t("common:tankZone", { zone: formats.timeZone })}`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: buttons of one purpose, not fields of a form */}
      <div className={styles["chips"]} role="group" aria-label={t("history.choose")}>
        {sensors.map(({ id, name }) => (
          <Chip
            key={id}
            text={name}
            isSelected={chosen.includes(id)}
            isDisabled={isFull && !chosen.includes(id)}
            onChange={(isChosen) => choose(id, isChosen)}
            color={colorOf(id)}
          />
        ))}
      </div>
      {isFull && <p className={styles["note"]}>{t("history.full", { most: MOST_CHANNELS })}</p>}
      <div className={styles["card"]}>
        <RangeBar controls={controls} />
      </div>
      {problem !== null && <HistoryProblem problem={problem} onRetry={retry} />}
      {groups.length === 0 && (
        <Empty title={t("history.none")}>{t("history.noneHelp", { most: MOST_CHANNELS })}</Empty>
      )}
      {groups.map((group) => (
        <GroupChart
          key={group.key}
          group={group}
          byChannel={byChannel}
          isAnswered={problem !== null}
          controls={controls}
        />
      ))}
      {groups.length > 0 && (
        <div className={styles["card"]}>
          <Lanes tied={NONE} controls={controls} hasAxis />
        </div>
      )}
    </Page>
  );

  function colorOf(id: string): number | undefined {
    const index = groups
      .map((group) => group.channels.findIndex((channel) => channel.id === id))
      .find((n) => n >= 0);
    return index === undefined ? undefined : index + 1;
  }
}

const NONE: readonly string[] = [];
