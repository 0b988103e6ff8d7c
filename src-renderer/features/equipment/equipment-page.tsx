import type { JSX } from "react";
import { Link } from "wouter";
import { CardGrid } from "../../components/card-grid.tsx";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTank } from "../../stores/tank.ts";
import { LoopCard } from "../loops/loop-card.tsx";
import { Page } from "../shell/page.tsx";
import { EmergencyStopControl } from "../tank/emergency-stop-control.tsx";
import { tilesOf } from "../tank/tiles.ts";
import { isDevicesTold } from "../tank/use-tank-status.ts";
import styles from "./equipment-page.module.css";
import { OutputCard } from "./output-card.tsx";

/** All that acts on the tank, and the loops that decide for it. */
export function EquipmentPage(): JSX.Element {
  const { t } = useTranslation("equipment");
  const isTold = useTank(isDevicesTold);
  return (
    <Page title={t("title")} lead={t("lead")} actions={<EmergencyStopControl />}>
      {isTold ? (
        <>
          <Outputs />
          <Loops />
        </>
      ) : (
        <Loading lines={6} />
      )}
    </Page>
  );
}

function Outputs(): JSX.Element {
  const { t } = useTranslation("equipment");
  const devices = useTank((s) => s.devices);
  const { outputs } = tilesOf(devices);
  return (
    <section className={styles["section"]} aria-labelledby="outputs-title">
      <h2 id="outputs-title">{t("outputs")}</h2>
      {outputs.length === 0 ? (
        <Empty title={t("noOutputs")}>
          <p>{t("noOutputsHelp")}</p>
          <Link href="/settings/devices/new">{t("addDevice")}</Link>
        </Empty>
      ) : (
        <CardGrid>
          {outputs.map((channel) => (
            <li key={channel.id}>
              <OutputCard channel={channel} />
            </li>
          ))}
        </CardGrid>
      )}
    </section>
  );
}

function Loops(): JSX.Element {
  const { t } = useTranslation("equipment");
  const loops = useTank((s) => s.loops);
  return (
    <section className={styles["section"]} aria-labelledby="loops-title">
      <h2 id="loops-title">{t("loops")}</h2>
      {loops.size === 0 ? (
        <Empty title={t("noLoops")}>
          <p>{t("noLoopsHelp")}</p>
          <Link href="/control/new">{t("addLoop")}</Link>
        </Empty>
      ) : (
        <CardGrid>
          {[...loops.values()].map((loop) => (
            <li key={loop.id}>
              <LoopCard loop={loop} />
            </li>
          ))}
        </CardGrid>
      )}
    </section>
  );
}
