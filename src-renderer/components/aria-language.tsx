import type { JSX, ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "../i18n/use-translation.ts";

/** What react-aria says of its own, and how it reads a typed number, goes by the language that was chosen here. */
export function AriaLanguage({ children }: { readonly children: ReactNode }): JSX.Element {
  const { i18n } = useTranslation();
  return <I18nProvider locale={i18n.language}>{children}</I18nProvider>;
}
