import { CircleCheck, CircleDashed, CircleHelp, History, SlidersHorizontal, TriangleAlert } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import type { Loop } from "#contract/loops.ts";
import { inputsOf, outputsOf } from "#domain/control/loop-channels.ts";
import { useFormats } from "../../i18n/formats.ts";
import { inOwnUnits } from "../../i18n/said.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { momentWords } from "../equipment/moment.ts";
import styles from "./loop-card.module.css";
import { useLoopFacts } from "./loop-facts.ts";
import { RefillButton } from "./refill-button.tsx";
import { useHeldWords } from "./use-held-words.ts";
import { useLoopWords } from "./use-loop-words.ts";

interface LoopCardProps {
  readonly loop: Loop;
  /** On its own page: without the way there. */
  readonly isOpen?: boolean;
  /** Says what it takes care of: beside loops of other types. */
  readonly hasType?: boolean;
}

/** One loop: what it does and why, what it holds, what comes next, and with what. */
export function LoopCard({ loop, isOpen = false, hasType = false }: LoopCardProps): JSX.Element {
  const { t } = useTranslation(["control", "equipment"]);
  const doing = useLoopWords();
  const held = useHeldWords(loop);
  const facts = useLoopFacts(loop);
  const isOnline = useConnection((c) => c.state === "online");
  const { live } = loop;
  return (
    <article
      className={styles["card"]}
      data-state={isOnline ? live.state : "unknown"}
      data-loop={loop.id}
      data-open={isOpen || undefined}
    >
      <header className={styles["head"]}>
        <div>
          {hasType && <p className={styles["type"]}>{t(`group.${loop.type}`)}</p>}
          <h3>{isOpen ? t("card.title") : <Link href={`/control/${loop.id}`}>{loop.name}</Link>}</h3>
        </div>
        <span className={styles["state"]}>{t(isOnline ? `state.${live.state}` : "equipment:lamp.unknown")}</span>
      </header>
      <div className={styles["why"]}>
        <p>{held ?? doing(live)}</p>
        <Next loop={loop} />
      </div>
      <Warnings loop={loop} />
      <Conditions loop={loop} />
      <dl className={styles["facts"]}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {isOpen ? <Parts loop={loop} /> : <PartsLine loop={loop} />}
      <footer className={styles["foot"]}>
        {!isOpen && (
          <Link
            className={styles["open"]}
            href={`/control/${loop.id}`}
            aria-label={t("card.edit", { name: loop.name })}
          >
            <SlidersHorizontal aria-hidden="true" />
            {t("card.editShort")}
          </Link>
        )}
        <Link
          className={styles["open"]}
          href={`/control/what-if?loop=${loop.id}`}
          aria-label={t("card.whatIf", { name: loop.name })}
        >
          <History aria-hidden="true" />
          {t("card.whatIfShort")}
        </Link>
        {loop.type === "doser" && loop.containerMl !== null && (
          <RefillButton loopId={loop.id} name={loop.name} containerMl={loop.containerMl} />
        )}
      </footer>
    </article>
  );
}

/** What it will do of itself, and when. */
function Next({ loop }: LoopCardProps): JSX.Element | null {
  const { t, i18n } = useTranslation("control");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const { next } = loop.live;
  if (next === null) return null;
  // The core says it in English.
  const text =
    i18n.language === "en" ? withoutStop(inOwnUnits(next.text, formats)) : t(`card.nextOf.${loop.type}`);
  if (next.at === null) return <p className={styles["next"]}>{t("card.next", { text })}</p>;
  const time = momentWords(formats, Date.parse(next.at), nowMs);
  return <p className={styles["next"]}>{t("card.nextAt", { text, time })}</p>;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}

function Warnings({ loop }: LoopCardProps): JSX.Element | null {
  const { t } = useTranslation("control");
  const formats = useFormats();
  const { warnings } = loop.live;
  if (warnings.length === 0) return null;
  return (
    <ul className={styles["warnings"]} aria-label={t("card.warnings")}>
      {warnings.map(({ code, text, priority }) => (
        <li key={code + text} data-priority={priority}>
          <TriangleAlert aria-hidden="true" />
          <span>{inOwnUnits(text, formats)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Of a rule: what it looks at, and whether each of it holds. */
function Conditions({ loop }: LoopCardProps): JSX.Element | null {
  const { t } = useTranslation("control");
  const formats = useFormats();
  if (loop.live.type !== "rule") return null;
  return (
    <ul className={styles["conditions"]} aria-label={t("card.conditions")}>
      {loop.live.conditions.map(({ isTrue, text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; two may say the same
        <li key={at} data-holds={isTrue ?? "unknown"}>
          <ConditionIcon isTrue={isTrue} />
          <span>
            {inOwnUnits(text, formats)} <small>{t(conditionKey(isTrue))}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

function conditionKey(isTrue: boolean | null) {
  if (isTrue === null) return "card.conditionUnknown" as const;
  return isTrue ? ("card.conditionTrue" as const) : ("card.conditionFalse" as const);
}

function ConditionIcon({ isTrue }: { readonly isTrue: boolean | null }): JSX.Element {
  if (isTrue === null) return <CircleHelp aria-hidden="true" />;
  return isTrue ? <CircleCheck aria-hidden="true" /> : <CircleDashed aria-hidden="true" />;
}

/** By what it goes and what it drives, in a line. */
function PartsLine({ loop }: LoopCardProps): JSX.Element {
  const { t } = useTranslation("control");
  const devices = useTank((s) => s.devices);
  const nameOf = new Map<string, string>(channelsOf(devices).map(({ id, name }) => [id, name]));
  const names = (ids: readonly string[]): string =>
    [...new Set(ids)].map((id) => nameOf.get(id) ?? t("card.gone")).join(", ");
  const driven = outputsOf(loop);
  return (
    <p className={styles["line"]}>
      {names(inputsOf(loop))}
      {driven.length > 0 && ` → ${names(driven)}`}
    </p>
  );
}

/** What it reads and what it drives, each with the way there. */
function Parts({ loop }: LoopCardProps): JSX.Element {
  const { t } = useTranslation("control");
  const devices = useTank((s) => s.devices);
  const nameOf = new Map<string, string>(channelsOf(devices).map(({ id, name }) => [id, name]));
  const parts = [
    ...[...new Set(inputsOf(loop))].map((id) => ({ kind: "reads" as const, id })),
    ...[...new Set(outputsOf(loop))].map((id) => ({ kind: "drives" as const, id })),
  ];
  return (
    <ul className={styles["parts"]} aria-label={t("card.parts")}>
      {parts.map(({ kind, id }) => (
        <li key={`${kind} ${id}`}>
          <Link href={`/channels/${id}`}>{t(`card.${kind}`, { name: nameOf.get(id) ?? t("card.gone") })}</Link>
        </li>
      ))}
    </ul>
  );
}
