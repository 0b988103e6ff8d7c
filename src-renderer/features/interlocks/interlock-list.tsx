import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import type { JSX } from "react";
import type { Output, OutputBudget } from "#contract/outputs.ts";
import { type Fact, Facts } from "../../components/facts.tsx";
import { type Formats, useFormats } from "../../i18n/formats.ts";
import { inOwnUnits, ownFigure } from "../../i18n/said.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { budgetShare } from "./budget-share.ts";
import { saidCondition } from "./condition-words.ts";
import styles from "./interlocks.module.css";

/** Everything that lets an output run or keeps it off: its conditions, its budgets, and how worn it is. */
export function InterlockList({ output }: { readonly output: Output }): JSX.Element {
  return (
    <>
      <Conditions output={output} />
      <Budgets output={output} />
      <Cycles output={output} />
    </>
  );
}

function Conditions({ output }: { readonly output: Output }): JSX.Element {
  const { t } = useTranslation("interlocks");
  const formats = useFormats();
  const words = (text: string): string => {
    const said = saidCondition(text);
    if (said === null) return inOwnUnits(text, formats);
    const values = Object.entries(said.values).map(([key, value]) => [
      key,
      key === "name" ? value : ownFigure(value, formats),
    ]);
    return t(`condition.${said.key}`, Object.fromEntries(values));
  };
  if (output.conditions.length === 0 && output.absent.length === 0)
    return <p className={styles["note"]}>{t("noConditions")}</p>;
  return (
    <section className={styles["group"]} aria-label={t("conditions")}>
      <h3>{t("conditions")}</h3>
      <ul className={styles["conditions"]}>
        {output.conditions.map(({ text, holds }) => (
          <li key={text} data-holds={holds}>
            {holds ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
            <span>
              {words(text)} <small>{t(holds ? "holds" : "holdsNot")}</small>
            </span>
          </li>
        ))}
        {output.absent.map((condition) => (
          <li key={condition} data-absent="true">
            <CircleDashed aria-hidden="true" />
            <span>
              {t(`absent.${condition}`)} <small>{t("isAbsent")}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Budgets({ output }: { readonly output: Output }): JSX.Element | null {
  const { t } = useTranslation("interlocks");
  if (output.budgets.length === 0) return null;
  return (
    <section className={styles["group"]} aria-label={t("budgets")}>
      <h3>{t("budgets")}</h3>
      <ul className={styles["budgets"]}>
        {output.budgets.map((budget) => (
          <li key={`${budget.windowS} ${budget.unit}`}>
            <Budget budget={budget} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Budget({ budget }: { readonly budget: OutputBudget }): JSX.Element {
  const { t } = useTranslation("interlocks");
  const formats = useFormats();
  const { windowS, unit, used, limit } = budget;
  const amount = (value: number): string =>
    unit === "s" ? formats.duration(value * 1_000) : volumeWords(value, formats);
  const share = budgetShare(budget);
  return (
    <>
      <span>{t("budgetOf", { window: formats.duration(windowS * 1_000) })}</span>
      <span className={styles["used"]}>{t("budgetUsed", { used: amount(used), limit: amount(limit) })}</span>
      <svg className={styles["bar"]} data-spent={share >= 1 || undefined} aria-hidden="true">
        <rect className={styles["whole"]} width="100%" height="100%" rx="3" />
        <rect className={styles["part"]} width={`${share * 100}%`} height="100%" rx="3" />
      </svg>
    </>
  );
}

function Cycles({ output }: { readonly output: Output }): JSX.Element {
  const { t } = useTranslation("interlocks");
  const formats = useFormats();
  const { startsLastHour, startsLastDay, startsTotal, relayLifeLeftPct } = output.cycles;
  const warnAbove = output.guards.warnStartsPerHour;
  const isMany = warnAbove !== null && startsLastHour > warnAbove;
  const facts: readonly Fact[] = [
    [t("startsHour"), formats.number(startsLastHour, 0), isMany],
    [t("startsDay"), formats.number(startsLastDay, 0), false],
    [t("startsTotal"), formats.number(startsTotal, 0), false],
    ...(relayLifeLeftPct === null
      ? []
      : [
          [t("relayLife"), `${formats.number(relayLifeLeftPct, 0)} %`, relayLifeLeftPct < WORN_PCT] satisfies Fact,
        ]),
  ];
  return (
    <section className={styles["group"]} aria-label={t("cycles")}>
      <h3>{t("cycles")}</h3>
      <Facts facts={facts} isWide />
    </section>
  );
}

const WORN_PCT = 10;
const ML_PER_L = 1_000;

function volumeWords(ml: number, { number }: Formats): string {
  return ml < ML_PER_L ? `${number(ml, 1)} mL` : `${number(ml / ML_PER_L, 1)} L`;
}
