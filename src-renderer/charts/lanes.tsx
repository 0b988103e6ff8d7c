import { type JSX, useMemo, useState } from "react";
import { Folded } from "../components/folded.tsx";
import { useTranslation } from "../i18n/use-translation.ts";
import { useTank } from "../stores/tank.ts";
import { Chip } from "./chip.tsx";
import styles from "./lanes.module.css";
import { OutputLane } from "./output-lane.tsx";
import { TimeAxis } from "./time-axis.tsx";
import type { ChartControls } from "./use-chart.ts";
import { useLanes } from "./use-lanes.ts";

interface LanesProps {
  /** Outputs that belong to what is above: shown until the user chooses others. */
  readonly tied: readonly string[];
  readonly controls: ChartControls;
  /** Whether they carry the time themselves, there being no chart above. */
  readonly hasAxis?: boolean;
}

/** On/off lanes of outputs under a chart, on its time axis; which ones can be chosen. */
export function Lanes({ tied, controls, hasAxis = false }: LanesProps): JSX.Element | null {
  const { t } = useTranslation("channel");
  const outputs = useTank((tank) => tank.outputs);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const shown = useMemo(() => (chosen ?? tied).filter((id) => outputs.has(id)), [chosen, tied, outputs]);
  const lanes = useLanes(shown, controls.view);
  if (outputs.size === 0) return null;
  return (
    <section className={styles["lanes"]} aria-label={t("lanes.label")}>
      {shown.map((id) => (
        <OutputLane key={id} name={outputs.get(id)?.name ?? ""} spans={lanes.get(id)} controls={controls} />
      ))}
      {hasAxis && shown.length > 0 && <TimeAxis extent={controls.extent} />}
      <Folded title={t(tied.length > 0 && hasAxis ? "lanes.more" : "lanes.choose")}>
        <div className={styles["chips"]}>
          {[...outputs.values()].map(({ channelId, name }) => (
            <Chip
              key={channelId}
              text={name}
              isSelected={shown.includes(channelId)}
              onChange={(isSelected) =>
                setChosen(isSelected ? [...shown, channelId] : shown.filter((id) => id !== channelId))
              }
            />
          ))}
        </div>
      </Folded>
    </section>
  );
}
