import { type JSX, useState } from "react";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { usePreferences } from "../../stores/preferences.ts";
import styles from "./arrange.module.css";
import { ArrangeList } from "./arrange-list.tsx";
import { inOrder, type Tiles } from "./tiles.ts";

interface ArrangeProps {
  readonly tiles: Tiles;
  readonly onDone: () => void;
}

/** Which tiles this user sees, and in what order; kept with the user, on every screen. */
export function Arrange({ tiles, onDone }: ArrangeProps): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const kept = usePreferences((p) => p.dashboard);
  const reason = useBlocked("viewer");
  const [vitals, setVitals] = useState(() => inOrder(tiles.vitals, kept.tileOrder));
  const [outputs, setOutputs] = useState(() => inOrder(tiles.outputs, kept.tileOrder));
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(kept.hiddenTiles));
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const save = async (): Promise<void> => {
    setSaving(true);
    setProblem(null);
    const dashboard = { tileOrder: [...vitals, ...outputs].map(({ id }) => id), hiddenTiles: [...hidden] };
    try {
      usePreferences.setState(await core.api.users.patchPreferences.mutate({ dashboard }));
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
      setSaving(false);
    }
  };
  const show = (id: string, isShown: boolean): void => {
    setHidden((was) => new Set([...was].filter((other) => other !== id).concat(isShown ? [] : id)));
  };

  return (
    <section className={styles["arrange"]} aria-labelledby="arrange-title">
      <header className={styles["head"]}>
        <div>
          <h2 id="arrange-title">{t("arrange.title")}</h2>
          <p>{t("arrange.help")}</p>
        </div>
        <div className={styles["actions"]}>
          <Button onPress={onDone}>{t("common:action.cancel")}</Button>
          <Button kind="primary" disabledReason={reason} isPending={isSaving} onPress={() => void save()}>
            {t("arrange.done")}
          </Button>
        </div>
      </header>
      {problem !== null && <Failure problem={problem} onRetry={() => void save()} />}
      <div className={styles["lists"]}>
        <ArrangeList title={t("vitals")} items={vitals} hidden={hidden} onMove={setVitals} onShow={show} />
        <ArrangeList title={t("outputs")} items={outputs} hidden={hidden} onMove={setOutputs} onShow={show} />
      </div>
    </section>
  );
}
