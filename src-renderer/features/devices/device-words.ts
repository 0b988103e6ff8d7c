import { z } from "zod";
import type { Channel } from "#contract/channels.ts";
import type { WordsOf } from "../../components/schema-form/field-words.ts";
import { useTranslation } from "../../i18n/use-translation.ts";

const Words = z.object({ label: z.string(), help: z.string(), shape: z.string() }).partial();
const Named = z.object({ name: z.string(), effect: z.string() });

export interface DeviceWords {
  /** @param told the driver's own title, for a type nobody translated */
  typeTitle(type: string, told?: string): string;
  typeHelp(type: string): string | null;
  /** What a type's parameters are called and mean. */
  paramsOf(type: string): WordsOf;
  fault(name: string): { readonly name: string; readonly effect: string };
}

/**
 * What drivers are called and say, in the user's language. Drivers come with words of their own, so what is not
 * translated is shown as the driver says it.
 */
export function useDeviceWords(): DeviceWords {
  const { i18n } = useTranslation();
  const told = (key: string): unknown => i18n.getResource(i18n.language, "devices", key);
  const text = (key: string): string | null => {
    const found = told(key);
    return typeof found === "string" && found !== "" ? found : null;
  };
  return {
    typeTitle: (type, title) => text(`typeTitle.${type}`) ?? title ?? type,
    typeHelp: (type) => text(`typeHelp.${type}`),
    paramsOf: (type) => (path) => {
      const { label, help, shape } = Words.safeParse(told(`param.${type}.${path}`)).data ?? {};
      return { label: label || undefined, help: help || undefined, shape: shape || undefined };
    },
    fault: (name) => Named.safeParse(told(`faultName.${name}`)).data ?? { name, effect: "" },
  };
}

const NAMED_AT_MOST = 6;

/** Names in a sentence: all of a few, the first of many and how many more. */
export function useNameList(): (names: readonly string[]) => string {
  const { t, i18n } = useTranslation("devices");
  const list = new Intl.ListFormat(i18n.language, { type: "unit", style: "short" });
  return (names) => {
    const rest = names.length - NAMED_AT_MOST;
    const some = list.format(names.slice(0, NAMED_AT_MOST));
    return rest > 0 ? t("consequence.more", { names: some, count: rest }) : some;
  };
}

/** An output with where it goes when nobody drives it: "Heater (off)". */
export function useSafeStateWords(): (output: Pick<Channel, "name" | "safeState">) => string {
  const { t } = useTranslation("devices");
  return ({ name, safeState }) => {
    if (safeState === null) return name;
    if (safeState === "unchanged") return t("consequence.safe.unchanged", { name });
    return safeState === 0
      ? t("consequence.safe.off", { name })
      : t("consequence.safe.level", { name, level: safeState });
  };
}
