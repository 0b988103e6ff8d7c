import type { Output, OutputReason } from "#contract/outputs.ts";
import type { equipment } from "../../i18n/en/equipment.ts";
import { useFormats } from "../../i18n/formats.ts";
import { inOwnUnits } from "../../i18n/said.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useLevelWords } from "./use-level-words.ts";

type KnownCode = keyof (typeof equipment)["why"];

/** The core names who holds an output in the sentence alone. */
const HOLDER = /\((?<by>[^()]+)\)/;

/** Their sentence counts down every few seconds, and beside it stands what counts every second. */
const COUNTED: ReadonlySet<string> = new Set(["min-on", "min-off"]);

interface ReasonWords {
  /** Why an output is as it is, or what keeps it so. */
  reason(reason: Pick<OutputReason, "code" | "text">): string;
  /** By hand, and by whose; how long it lasts is told beside it. */
  byHand(output: Pick<Output, "requested" | "reason">): string;
}

/** The core explains itself in English, with its figures; in another language its codes are put into words. */
export function useReasonWords(): ReasonWords {
  const { t, i18n } = useTranslation("equipment");
  const formats = useFormats();
  const levelWords = useLevelWords();
  const isEnglish = i18n.language.startsWith("en");
  return {
    reason: ({ code, text }) => {
      const isTold = (isEnglish && !COUNTED.has(code)) || !i18n.exists(`equipment:why.${code}`);
      return isTold ? inOwnUnits(text, formats) : t(`why.${code as KnownCode}`);
    },
    byHand: ({ requested, reason }) => {
      const by = HOLDER.exec(reason.text)?.groups?.["by"];
      const level = levelWords(requested);
      return by === undefined ? t("byHand.somebody", { level }) : t("byHand.by", { level, by });
    },
  };
}
