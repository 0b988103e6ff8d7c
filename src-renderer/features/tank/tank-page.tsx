import { LayoutGrid } from "lucide-react";
import { type JSX, lazy, useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTank } from "../../stores/tank.ts";
import { FeedButton } from "../modes/feed-button.tsx";
import { Dashboard } from "./dashboard.tsx";
import { EmergencyStopControl } from "./emergency-stop-control.tsx";
import { NoDevices } from "./no-devices.tsx";
import { TankHeadline } from "./tank-headline.tsx";
import styles from "./tank-page.module.css";
import { tilesOf } from "./tiles.ts";
import { isDevicesTold } from "./use-tank-status.ts";

const Arrange = lazy(async () => ({ default: (await import("./arrange.tsx")).Arrange }));

/** The tank at a glance: its state in a sentence, its vitals, its equipment, and the way to stop it all. */
export function TankPage(): JSX.Element {
  const { t } = useTranslation("tank");
  const isTold = useTank(isDevicesTold);
  const devices = useTank((s) => s.devices);
  const tiles = useMemo(() => tilesOf(devices), [devices]);
  const [isArranging, setArranging] = useState(false);
  const hasTiles = tiles.vitals.length + tiles.outputs.length > 0;
  return (
    <div className={styles["page"]} data-arranging={isArranging || undefined}>
      <header className={styles["head"]}>
        <TankHeadline />
        <div className={styles["actions"]}>
          {hasTiles && !isArranging && (
            <Button kind="quiet" label={t("arrange.open")} onPress={() => setArranging(true)}>
              <LayoutGrid aria-hidden="true" />
            </Button>
          )}
          <FeedButton />
          <EmergencyStopControl />
        </div>
      </header>
      {!isTold && <Loading lines={6} />}
      {isTold && !hasTiles && <NoDevices />}
      {isTold && hasTiles && isArranging && (
        <LoadBoundary whileLoading={<Loading lines={6} />}>
          <Arrange tiles={tiles} onDone={() => setArranging(false)} />
        </LoadBoundary>
      )}
      {isTold && hasTiles && !isArranging && <Dashboard tiles={tiles} />}
    </div>
  );
}
