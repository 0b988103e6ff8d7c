import { Children, type JSX, type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./what-if.module.css";

const STEP = 40;

/** The first of many lines, and the rest when it is asked for. */
export function LongList({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation("whatIf");
  const [shown, setShown] = useState(STEP);
  const all = Children.toArray(children);
  const left = all.length - shown;
  return (
    <>
      <ol className={styles["list"]} aria-label={label}>
        {all.slice(0, shown)}
      </ol>
      {left > 0 && (
        <Button onPress={() => setShown(shown + 5 * STEP)}>
          {t("more", { count: Math.min(left, 5 * STEP) })}
        </Button>
      )}
    </>
  );
}
