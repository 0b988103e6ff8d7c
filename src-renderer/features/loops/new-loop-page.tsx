import { ChevronRight, FlaskConical, GitBranch, GlassWater, Thermometer } from "lucide-react";
import { type ComponentType, type JSX, useState } from "react";
import { Link, useSearch } from "wouter";
import type { LoopType } from "#contract/loops.ts";
import { Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { Page } from "../shell/page.tsx";
import { isDevicesTold } from "../tank/use-tank-status.ts";
import { newDraft } from "./loop-draft.ts";
import { LoopForm } from "./loop-form.tsx";
import { LOOP_TYPES } from "./loop-types.ts";
import styles from "./new-loop-page.module.css";

const ICONS: Readonly<Record<LoopType, ComponentType<{ readonly "aria-hidden": "true" }>>> = {
  thermostat: Thermometer,
  "top-off": GlassWater,
  doser: FlaskConical,
  rule: GitBranch,
};

/** First what it is to take care of, then its form, with what fits filled in. */
export function NewLoopPage(): JSX.Element {
  const { t } = useTranslation("control");
  const asked = new URLSearchParams(useSearch()).get("type");
  const type = LOOP_TYPES.find((one) => one === asked) ?? null;
  const isTold = useTank(isDevicesTold);
  if (type === null) {
    return (
      <Page title={t("newTitle")} lead={t("newLead")} parent={{ href: "/control", title: t("title") }}>
        <Types />
      </Page>
    );
  }
  return (
    <Page
      title={t(`type.${type}`)}
      lead={t(`typeHelp.${type}`)}
      parent={{ href: "/control/new", title: t("newTitle") }}
    >
      {isTold ? <NewLoop key={type} type={type} /> : <Loading lines={8} />}
    </Page>
  );
}

function Types(): JSX.Element {
  const { t } = useTranslation("control");
  return (
    <ul className={styles["types"]}>
      {LOOP_TYPES.map((type) => {
        const Icon = ICONS[type];
        return (
          <li key={type}>
            <Link className={styles["type"]} href={`/control/new?type=${type}`}>
              <span className={styles["icon"]}>
                <Icon aria-hidden="true" />
              </span>
              <span>
                <strong>{t(`type.${type}`)}</strong>
                <span className={styles["help"]}>{t(`typeHelp.${type}`)}</span>
              </span>
              <ChevronRight aria-hidden="true" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function NewLoop({ type }: { readonly type: LoopType }): JSX.Element {
  const { t } = useTranslation("control");
  const [initial] = useState(() => {
    const { devices, loops, readings } = useTank.getState();
    const levelOf = (channelId: string): number | null => {
      const reading = readings.get(channelId);
      return reading?.quality === "good" ? reading.value : null;
    };
    return newDraft(
      type,
      { channels: channelsOf(devices), loops: [...loops.values()], levelOf },
      t(`firstName.${type}`),
    );
  });
  return <LoopForm initial={initial} loopId={null} />;
}
