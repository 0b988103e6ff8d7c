import { ChevronRight } from "lucide-react";
import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import type { Output } from "#contract/outputs.ts";
import { useFormats } from "../../i18n/formats.ts";
import styles from "./output-guards.module.css";
import { useLevelWords } from "./use-level-words.ts";

/** What protects it: looked up, so it is folded away. */
export function OutputGuards({ output }: { readonly output: Output }): JSX.Element {
  const { t } = useTranslation(["equipment", "common"]);
  const formats = useFormats();
  const level = useLevelWords();
  const { guards, safeState, role, since } = output;
  const lasting = (seconds: number): string =>
    seconds === 0 ? t("guard.none") : formats.duration(seconds * 1_000);
  const facts = [
    [t("guard.role"), t(`common:role.${role}`)],
    [t("guard.since"), formats.dateTime(Date.parse(since))],
    [t("guard.safeState"), safeState === "unchanged" ? t("guard.unchanged") : level(safeState)],
    [t("guard.minOn"), lasting(guards.minOnS)],
    [t("guard.minOff"), lasting(guards.minOffS)],
    [t("guard.maxOn"), guards.maxOnS === null ? t("guard.none") : formats.duration(guards.maxOnS * 1_000)],
  ] as const;
  return (
    <details className={styles["guards"]}>
      <summary>
        <ChevronRight aria-hidden="true" />
        {t("guard.title")}
      </summary>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
