import { ChevronRight, Plus } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import { ButtonLink } from "../../components/button-link.tsx";
import { CardGrid } from "../../components/card-grid.tsx";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useMay } from "../../stores/session.ts";
import { useTank } from "../../stores/tank.ts";
import { LoopCard } from "../loops/loop-card.tsx";
import { LOOP_TYPES } from "../loops/loop-types.ts";
import { ModeList } from "../modes/mode-list.tsx";
import { Page } from "../shell/page.tsx";
import { EmergencyStopControl } from "../tank/emergency-stop-control.tsx";
import { isDevicesTold } from "../tank/use-tank-status.ts";
import styles from "./control-page.module.css";

/** What the controller decides by itself: modes, loops, and how well that ends. */
export function ControlPage(): JSX.Element {
  const { t } = useTranslation("control");
  const isTold = useTank(isDevicesTold);
  return (
    <Page title={t("title")} lead={t("lead")} actions={<EmergencyStopControl />}>
      {isTold ? (
        <>
          <Modes />
          <Loops />
          <Link className={styles["survival"]} href="/control/what-if">
            <span>
              <strong>{t("whatIfLink")}</strong>
              <span className={styles["help"]}>{t("whatIfLinkHelp")}</span>
            </span>
            <ChevronRight aria-hidden="true" />
          </Link>
          <Link className={styles["survival"]} href="/control/survival">
            <span>
              <strong>{t("survivalLink")}</strong>
              <span className={styles["help"]}>{t("survivalLinkHelp")}</span>
            </span>
            <ChevronRight aria-hidden="true" />
          </Link>
        </>
      ) : (
        <Loading lines={8} />
      )}
    </Page>
  );
}

function Modes(): JSX.Element {
  const { t } = useTranslation("modes");
  return (
    <section className={styles["section"]} aria-labelledby="modes-title">
      <header className={styles["head"]}>
        <h2 id="modes-title">{t("section")}</h2>
        <ButtonLink href="/control/modes">{t("edit")}</ButtonLink>
      </header>
      <ModeList />
    </section>
  );
}

function Loops(): JSX.Element {
  const { t } = useTranslation("control");
  const loops = useTank((s) => s.loops);
  const mayAdd = useMay("admin");
  const byType = Map.groupBy(loops.values(), ({ type }) => type);
  return (
    <section className={styles["section"]} aria-labelledby="loops-title">
      <header className={styles["head"]}>
        <h2 id="loops-title">{t("loops")}</h2>
        {mayAdd && (
          <ButtonLink href="/control/new">
            <Plus aria-hidden="true" />
            {t("add")}
          </ButtonLink>
        )}
      </header>
      {loops.size === 0 && (
        <Empty title={t("none")}>
          <p>{t("noneHelp")}</p>
          {mayAdd ? <Link href="/control/new">{t("add")}</Link> : <p>{t("askAdmin")}</p>}
        </Empty>
      )}
      <CardGrid isWide>
        {LOOP_TYPES.flatMap((type) => byType.get(type) ?? []).map((loop) => (
          <li key={loop.id}>
            <LoopCard loop={loop} hasType />
          </li>
        ))}
      </CardGrid>
    </section>
  );
}
