import { CircleAlert } from "lucide-react";
import type { JSX } from "react";
import { messageOf } from "#contract/errors.ts";
import { useTranslation } from "../i18n/use-translation.ts";
import { Button } from "./button.tsx";
import styles from "./states.module.css";

/** As Chromium, Firefox and Safari say it. */
const NOT_LOADED = /dynamically imported module|importing a module script failed|preload css/i;

/** A part of the app that did not load, or broke, and the way out of either. */
export function Broken({ error }: { readonly error: unknown }): JSX.Element {
  const { t } = useTranslation();
  const message = messageOf(error);
  return (
    <div className={styles["failure"]} role="alert">
      <CircleAlert aria-hidden="true" />
      <p>{NOT_LOADED.test(message) ? t("state.notLoaded") : t("state.broken", { message })}</p>
      {/* A file that failed to load stays failed for this document: only a new one asks again. */}
      <Button onPress={() => location.reload()}>{t("state.reload")}</Button>
    </div>
  );
}
