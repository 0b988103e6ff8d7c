import type { JSX } from "react";
import type { PreviewedOutput } from "#contract/what-if.ts";
import type { Extent } from "../../charts/view.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { type Compared, compared } from "./preview-view.ts";
import styles from "./what-if.module.css";

interface ComparisonProps {
  readonly outputs: readonly PreviewedOutput[];
  readonly whole: Extent;
}

const MS_PER_S = 1_000;

/** On time and starts of every output: what it would have been, what it was, and by how much they differ. */
export function Comparison({ outputs, whole }: ComparisonProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const devices = useTank((s) => s.devices);
  const flowOf = (id: string): number | null =>
    channelsOf(devices).find((channel) => channel.id === id)?.equipment?.flowMlPerS ?? null;
  return (
    <div className={styles["tables"]}>
      {outputs.map((output, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule may drive one output twice
        <table key={at} className={styles["table"]}>
          <caption>{output.name}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{t("table.would")}</th>
              <th scope="col">{t("table.did")}</th>
              <th scope="col">{t("table.difference")}</th>
            </tr>
          </thead>
          <Rows output={output} flowMlPerS={flowOf(output.channelId)} whole={whole} />
        </table>
      ))}
    </div>
  );
}

interface RowsProps {
  readonly output: PreviewedOutput;
  readonly flowMlPerS: number | null;
  readonly whole: Extent;
}

function Rows({ output, flowMlPerS, whole }: RowsProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const formats = useFormats();
  const { onS, starts, pumpedMl } = compared(output, flowMlPerS);
  const wholeS = (whole.toMs - whole.fromMs) / MS_PER_S;
  const duration = (s: number): string => formats.duration(Math.round(s) * MS_PER_S);
  const share = (s: number): string => {
    const pct = (s / wholeS) * 100;
    return t("table.share", { time: duration(s), pct: formats.number(pct, pct > 0 && pct < 10 ? 1 : 0) });
  };
  const count = (value: number): string => formats.number(value, 0);
  const ml = (value: number): string => `${formats.number(value, 1)} mL`;
  return (
    <tbody>
      <Row name={t("table.onTime")} pair={onS} words={share} difference={duration} />
      <Row name={t("table.starts")} pair={starts} words={count} difference={count} />
      {pumpedMl !== null && <Row name={t("table.pumped")} pair={pumpedMl} words={ml} difference={ml} />}
    </tbody>
  );
}

interface RowProps {
  readonly name: string;
  readonly pair: Compared;
  readonly words: (value: number) => string;
  /** Of a difference, without its sign. */
  readonly difference: (value: number) => string;
}

function Row({ name, pair: { would, did }, words, difference }: RowProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{words(would)}</td>
      <td>{did === null ? t("table.unknown") : words(did)}</td>
      <td>{did === null ? "–" : signed(would - did)}</td>
    </tr>
  );

  function signed(by: number): string {
    const text = difference(Math.abs(by));
    if (text === difference(0)) return t("table.same");
    return `${by > 0 ? "+" : "−"}${text}`;
  }
}
