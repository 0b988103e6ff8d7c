import { CircleCheck, CircleX } from "lucide-react";
import { type JSX, useState } from "react";
import { CardGrid } from "../../components/card-grid.tsx";
import { type Fact, Facts } from "../../components/facts.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useAnswer } from "../devices/use-answer.ts";
import { Page } from "../shell/page.tsx";
import { referenceTally } from "./reference-tally.ts";
import styles from "./survival-page.module.css";
import { type SurvivalReport, type SurvivalScenario, shippedReports } from "./survival-results.ts";
import { useSurvivalWords } from "./use-survival-words.ts";

/** What was tried on the simulated tank with this very controller, and how it came out. */
export function SurvivalPage(): JSX.Element {
  const { t } = useTranslation(["survival", "control"]);
  const { value, problem, retry } = useAnswer(load);
  return (
    <Page title={t("title")} lead={t("lead")} parent={{ href: "/control", title: t("control:title") }}>
      {problem !== null && <Failure problem={problem} onRetry={retry} />}
      {value === null && problem === null && <Loading lines={8} />}
      {value !== null && value.reports === null && (
        <Empty title={t("none")}>
          <p>{t("noneHelp")}</p>
        </Empty>
      )}
      {value?.reports != null && <Reports reports={value.reports} />}
    </Page>
  );
}

const load = async () => ({ reports: await shippedReports() });

function Reports({ reports }: { readonly reports: readonly SurvivalReport[] }): JSX.Element | null {
  const { t } = useTranslation("survival");
  const [seed, setSeed] = useState(() => String(reports[0]?.seed ?? ""));
  const report = reports.find((one) => String(one.seed) === seed) ?? reports[0];
  if (report === undefined) return null;
  return (
    <>
      <Summary report={report} />
      {reports.length > 1 && (
        <div className={styles["seeds"]}>
          <Segmented
            label={t("run")}
            value={seed}
            onChange={setSeed}
            choices={reports.map((one) => ({ value: String(one.seed), text: t("seed", { seed: one.seed }) }))}
          />
        </div>
      )}
      <CardGrid isWide>
        {report.scenarios.map((scenario) => (
          <li key={scenario.fault}>
            <ScenarioCard scenario={scenario} />
          </li>
        ))}
      </CardGrid>
      <p className={styles["note"]}>{t("rerun", { days: report.days, seed: report.seed })}</p>
    </>
  );
}

function Summary({ report }: { readonly report: SurvivalReport }): JSX.Element {
  const { t } = useTranslation("survival");
  const words = useSurvivalWords();
  const { scenarios, survivedAll, days } = report;
  const count = scenarios.length;
  const survived = scenarios.filter((scenario) => scenario.survived).length;
  return (
    <section className={styles["summary"]} data-well={survivedAll || undefined} aria-label={t("summary")}>
      <Verdict survived={survivedAll} />
      <div>
        <p className={styles["verdict"]}>{t(survivedAll ? "all" : "some", { survived, count })}</p>
        <p className={styles["note"]}>{t("spans", { count: days })}</p>
        <ul className={styles["tally"]}>
          {referenceTally(scenarios).map((reference) => (
            <li key={reference.name}>
              {t("reference", {
                name: words.contestant(reference.name),
                survived: reference.survived,
                count: reference.count,
              })}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Verdict({ survived }: { readonly survived: boolean }): JSX.Element {
  return survived ? (
    <CircleCheck className={styles["lives"]} aria-hidden="true" />
  ) : (
    <CircleX className={styles["lost"]} aria-hidden="true" />
  );
}

function ScenarioCard({ scenario }: { readonly scenario: SurvivalScenario }): JSX.Element {
  const { t } = useTranslation("survival");
  const words = useSurvivalWords();
  const formats = useFormats();
  const temperature = formats.unitOf("temperature", "°C");
  const after = (s: number | null): string => (s === null ? t("notNeeded") : formats.duration(s * 1_000));
  const facts: readonly Fact[] = [
    [
      t("water"),
      t("between", {
        min: formats.value(scenario.minC, temperature),
        max: formats.valueWithUnit(scenario.maxC, temperature),
      }),
    ],
    [t("told"), after(scenario.alarmAfterS)],
    [t("safe"), after(scenario.safeStateAfterS)],
    ...(scenario.overflowL > 0
      ? [[t("overflow"), `${formats.number(scenario.overflowL, 1)} L`] satisfies Fact]
      : []),
  ];
  return (
    <article className={styles["card"]}>
      <header className={styles["head"]}>
        <Verdict survived={scenario.survived} />
        <h2>{words.fault(scenario.fault)}</h2>
        <span className={styles["word"]}>{t(scenario.survived ? "lives" : "lost")}</span>
      </header>
      <Facts facts={facts} />
      {scenario.notes !== "" && <p className={styles["note"]}>{scenario.notes}</p>}
      {scenario.references.length > 0 && (
        <ul className={styles["references"]}>
          {scenario.references.map(({ name, survived }) => (
            <li key={name} data-lost={!survived || undefined}>
              {t(survived ? "alsoLives" : "alsoLost", { name: words.contestant(name) })}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
