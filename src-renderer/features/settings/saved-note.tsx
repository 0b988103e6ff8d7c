import { Check } from "lucide-react";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./settings.module.css";

/** Says, once and in place, that what was asked is done. */
export function SavedNote({ children }: { readonly children?: ReactNode }): JSX.Element {
  const { t } = useTranslation("settings");
  return (
    <p className={styles["done"]} role="status">
      <Check aria-hidden="true" />
      {children ?? t("saved")}
    </p>
  );
}
