import { type JSX, type ReactNode, useSyncExternalStore } from "react";
import { FormatsContext, useChosenFormats } from "./formats.ts";
import { currentLanguage, onLanguage } from "./i18n.ts";
import { LanguageContext } from "./use-translation.ts";

/** Around everything that speaks: its language, and how it writes numbers, units and times. */
export function Spoken({ children }: { readonly children: ReactNode }): JSX.Element {
  const language = useSyncExternalStore(onLanguage, currentLanguage);
  const formats = useChosenFormats(language);
  return (
    <LanguageContext value={language}>
      <FormatsContext value={formats}>{children}</FormatsContext>
    </LanguageContext>
  );
}
