import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import type { Dependents } from "./consequences.ts";
import { useNameList, useSafeStateWords } from "./device-words.ts";
import styles from "./panel.module.css";

interface ConsequenceListProps {
  readonly dependents: Dependents;
  readonly act: "disable" | "delete";
}

/** What an act on a device means for everything that hangs on it, by name. */
export function ConsequenceList({ dependents, act }: ConsequenceListProps): JSX.Element {
  const { t } = useTranslation("devices");
  const listed = useNameList();
  const safeOf = useSafeStateWords();
  const { sensors, outputs, loops } = dependents;
  const all = [...sensors, ...outputs];
  const read = act === "disable" ? sensors : all;
  const channels = { count: read.length, names: listed(read.map(({ name }) => name)) };
  const driven = { count: outputs.length, names: listed(outputs.map(safeOf)) };
  const said = [
    all.length === 0 ? t("consequence.noChannels") : null,
    read.length === 0
      ? null
      : t(act === "disable" ? "consequence.channelsStop" : "consequence.channelsGo", channels),
    outputs.length === 0
      ? null
      : t(act === "disable" ? "consequence.outputsSafe" : "consequence.outputsOff", driven),
    act === "disable" && loops.length > 0
      ? t("consequence.loopsLose", { count: loops.length, names: listed(loops.map(({ name }) => name)) })
      : null,
    act === "disable" ? t("consequence.keepsSettings") : null,
    t("consequence.historyStays"),
  ];
  return (
    <ul className={styles["consequences"]}>
      {said.map((sentence) => (sentence === null ? null : <li key={sentence}>{sentence}</li>))}
    </ul>
  );
}
