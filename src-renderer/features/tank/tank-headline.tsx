import { CircleAlert, CircleCheck, CircleDashed, CircleHelp, TriangleAlert } from "lucide-react";
import { type ComponentType, type JSX, useEffect } from "react";
import { Link } from "wouter";
import { offsetAt } from "../../charts/zone.ts";
import { WhenIdle } from "../../components/when-idle.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useTank } from "../../stores/tank.ts";
import styles from "./tank-headline.module.css";
import { answeringOf, type TankStatus, type Tone, toneOf } from "./tank-status.ts";
import { hrefOf, useStatusWords } from "./use-status-words.ts";
import { useTankStatus } from "./use-tank-status.ts";

const ICON_OF: Readonly<Record<Tone, ComponentType<{ readonly "aria-hidden": "true" }>>> = {
  unknown: CircleHelp,
  plain: CircleDashed,
  well: CircleCheck,
  look: TriangleAlert,
  danger: CircleAlert,
};

/** The tank's state in one true sentence; below it, whose tank this is, who answers, and what time it is there. */
export function TankHeadline(): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const status = useTankStatus();
  const words = useStatusWords();
  const sentence = words.sentence(status);
  const tone = toneOf(status);
  const Icon = ICON_OF[tone];
  useEffect(() => {
    document.title = `${sentence} · ${t("common:app")}`;
  }, [sentence, t]);
  return (
    <div className={styles["headline"]} data-tone={tone}>
      <span className={styles["icon"]}>
        <Icon aria-hidden="true" />
      </span>
      <div className={styles["words"]}>
        <h1 aria-live="polite">
          <Sentence status={status} text={sentence} />
        </h1>
        <Facts />
        <Concerns status={status} />
      </div>
    </div>
  );
}

function Facts(): JSX.Element {
  const { t } = useTranslation(["tank", "common"]);
  const tankName = useTank((s) => s.settings?.tankName ?? null);
  const devices = useTank((s) => s.devices);
  const { answering, all } = answeringOf(devices);
  const isOnline = useConnection((c) => c.state === "online");
  const facts = [tankName, isOnline && all > 0 ? t("facts.answering", { answering, count: all }) : null];
  return (
    <p className={styles["facts"]}>
      {facts
        .filter((fact) => fact !== null)
        .map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      <WhenIdle>
        <TankTime />
      </WhenIdle>
    </p>
  );
}

/** The zone is named where the viewer's clock shows another time. The first time in a zone costs as much as ten tiles. */
function TankTime(): JSX.Element | null {
  const { t } = useTranslation(["tank", "common"]);
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const isKnown = useTank((s) => s.settings !== null);
  if (!isKnown) return null;
  const here = new Date(nowMs).getTimezoneOffset() * -60_000;
  const isElsewhere = here !== offsetAt(nowMs, formats.timeZone);
  const words = { time: formats.time(nowMs), zone: formats.timeZone };
  return <span>{isElsewhere ? t("facts.timeIn", words) : t("common:tankTime", words)}</span>;
}

/** The sentence leads to what it speaks of, where that is one thing. */
function Sentence({ status, text }: { readonly status: TankStatus; readonly text: string }): JSX.Element {
  if (status.kind !== "concerns" || status.concerns.length > 1) return <>{text}</>;
  return <Link href={hrefOf(status.concerns[0])}>{text}</Link>;
}

/** Where several things want a look: each, with the way to it. */
function Concerns({ status }: { readonly status: TankStatus }): JSX.Element | null {
  const { t } = useTranslation("tank");
  const words = useStatusWords();
  if (status.kind !== "concerns" || status.concerns.length === 1) return null;
  return (
    <ul className={styles["concerns"]} aria-label={t("concerns")}>
      {status.concerns.map((concern) => {
        const text = words.concern(concern);
        return (
          <li key={text}>
            <Link href={hrefOf(concern)}>{text}</Link>
          </li>
        );
      })}
    </ul>
  );
}
