import { useTranslation } from "../../i18n/use-translation.ts";
import { useDeviceWords } from "../devices/device-words.ts";

interface SurvivalWords {
  fault(code: string): string;
  /** Another controller on the same tank. */
  contestant(code: string): string;
}

/** What a survival run names by code, in the user's language; a code from another version as words. */
export function useSurvivalWords(): SurvivalWords {
  const { i18n } = useTranslation();
  const devices = useDeviceWords();
  const told = (key: string): string | null => {
    const found = i18n.getResource(i18n.language, "survival", key);
    return typeof found === "string" ? found : null;
  };
  return {
    fault: (code) => {
      const ownWords = told(`fault.${code}`);
      if (ownWords !== null) return ownWords;
      const { name } = devices.fault(code);
      return name === code ? asWords(code) : name;
    },
    contestant: (code) => told(`contestant.${code}`) ?? code,
  };
}

function asWords(code: string): string {
  const words = code.replaceAll("-", " ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
