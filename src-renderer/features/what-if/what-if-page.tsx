import { type JSX, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { Segmented } from "../../components/segmented.tsx";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { isSensor } from "../loops/fits.ts";
import { Page } from "../shell/page.tsx";
import { isDevicesTold } from "../tank/use-tank-status.ts";
import { firstChannel } from "./alarm-draft.ts";
import { AlarmTrial } from "./alarm-trial.tsx";
import { LoopTrial } from "./loop-trial.tsx";
import type { SpanChoice } from "./span-choice.ts";
import styles from "./what-if.module.css";

const HOME = "/control/what-if";

/** A loop, a rule or an alarm on what was recorded: what it would have done, beside what was done. */
export function WhatIfPage(): JSX.Element {
  const { t } = useTranslation(["whatIf", "control"]);
  const isTold = useTank(isDevicesTold);
  return (
    <Page title={t("title")} lead={t("lead")} parent={{ href: "/control", title: t("control:title") }}>
      {isTold ? <Trials /> : <Loading lines={8} />}
    </Page>
  );
}

function Trials(): JSX.Element {
  const { t } = useTranslation("whatIf");
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const subject = asked.has("alarm") ? "alarm" : "loop";
  const [span, setSpan] = useState<SpanChoice>({ kind: "last", span: "24h" });
  const go = (query: string): void => navigate(`${HOME}${query}`, { replace: true });
  return (
    <>
      <div className={styles["subject"]}>
        <Segmented
          label={t("subject")}
          value={subject}
          onChange={(next) => go(next === "alarm" ? "?alarm" : "")}
          choices={[
            { value: "loop", text: t("subjectLoop") },
            { value: "alarm", text: t("subjectAlarm") },
          ]}
        />
      </div>
      {subject === "loop" ? (
        <LoopSide asked={asked.get("loop")} onChoose={(id) => go(`?loop=${id}`)} span={span} onSpan={setSpan} />
      ) : (
        <AlarmSide asked={asked.get("alarm")} span={span} onSpan={setSpan} />
      )}
    </>
  );
}

interface SideProps {
  /** The id that was asked for; null or unknown: none. */
  readonly asked: string | null;
  readonly span: SpanChoice;
  readonly onSpan: (span: SpanChoice) => void;
}

function LoopSide({
  asked,
  onChoose,
  ...rest
}: SideProps & { readonly onChoose: (id: string) => void }): JSX.Element {
  const { t } = useTranslation(["whatIf", "control"]);
  const loops = useTank((s) => s.loops);
  const loop = loops.get(asked ?? "") ?? [...loops.values()][0];
  if (loop === undefined) {
    return (
      <Empty title={t("noLoops")}>
        <p>{t("noLoopsHelp")}</p>
        <Link href="/control/new">{t("control:add")}</Link>
      </Empty>
    );
  }
  return <LoopTrial key={loop.id} loop={loop} onChoose={onChoose} {...rest} />;
}

function AlarmSide({ asked, ...rest }: SideProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const devices = useTank((s) => s.devices);
  const first = firstChannel(channelsOf(devices).filter(isSensor), asked);
  if (first === undefined) return <Empty title={t("noSensors")}>{t("noSensorsHelp")}</Empty>;
  return <AlarmTrial first={first} {...rest} />;
}
