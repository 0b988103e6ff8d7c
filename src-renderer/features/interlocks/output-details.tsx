import { ChevronRight } from "lucide-react";
import type { JSX } from "react";
import type { Output } from "#contract/outputs.ts";
import { type Fact, Facts } from "../../components/facts.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useLevelWords } from "../equipment/use-level-words.ts";
import { InterlockList } from "./interlock-list.tsx";
import styles from "./interlocks.module.css";

/** What lets it run, and its limits: looked up, so they are folded away. */
export function OutputDetails({ output }: { readonly output: Output }): JSX.Element {
  const { t } = useTranslation("interlocks");
  return (
    <div className={styles["details"]}>
      <details>
        <summary>
          <ChevronRight aria-hidden="true" />
          {t("title")}
        </summary>
        <div className={styles["inside"]}>
          <InterlockList output={output} />
        </div>
      </details>
      <details>
        <summary>
          <ChevronRight aria-hidden="true" />
          {t("facts")}
        </summary>
        <OutputFacts output={output} />
      </details>
    </div>
  );
}

function OutputFacts({ output }: { readonly output: Output }): JSX.Element {
  const { t } = useTranslation(["interlocks", "common"]);
  const formats = useFormats();
  const level = useLevelWords();
  const { guards, safeState, role, since } = output;
  const lasting = (seconds: number | null): string =>
    seconds === null || seconds === 0 ? t("none") : formats.duration(seconds * 1_000);
  const facts: readonly Fact[] = [
    [t("role"), t(`common:role.${role}`)],
    [t("since"), formats.dateTime(Date.parse(since))],
    [t("safeState"), safeState === "unchanged" ? t("unchanged") : level(safeState)],
    [t("minOn"), lasting(guards.minOnS)],
    [t("minOff"), lasting(guards.minOffS)],
    [t("maxOn"), lasting(guards.maxOnS)],
  ];
  return <Facts facts={facts} isWide />;
}
