import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { Link } from "wouter";
import type { Loop } from "#contract/loops.ts";
import { inputsOf, outputsOf } from "#domain/control/loop-channels.ts";
import { type Formats, useFormats } from "../../i18n/formats.ts";
import { useConnection } from "../../stores/connection.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import styles from "./loop-card.module.css";
import { useReasonWords } from "./use-reason-words.ts";

/** One loop: what it does and why, what it holds, and with what. */
export function LoopCard({ loop }: { readonly loop: Loop }): JSX.Element {
  const { t } = useTranslation("equipment");
  const formats = useFormats();
  const words = useReasonWords();
  const isOnline = useConnection((c) => c.state === "online");
  const { live } = loop;
  const inUnit = (celsius: number): string => temperature(celsius, formats);
  const ofThermostat = (): readonly (readonly [string, string])[] => {
    if (loop.type !== "thermostat" || live.type !== "thermostat") return [];
    return [
      [t("loop.setpoint"), `${inUnit(loop.setpointC)} ± ${difference(loop.hysteresisC, formats)}`],
      [t("loop.now"), live.processVariableC === null ? "–" : inUnit(live.processVariableC)],
      [t("loop.duty"), live.heaterDutyPct === null ? "–" : `${formats.number(live.heaterDutyPct, 0)} %`],
    ];
  };
  const facts = [...ofThermostat(), [t("loop.since"), formats.dateTime(Date.parse(live.since))] as const];
  return (
    <article className={styles["card"]} data-state={isOnline ? live.state : "unknown"} data-loop={loop.id}>
      <header className={styles["head"]}>
        <h3>{loop.name}</h3>
        <span className={styles["state"]}>{t(isOnline ? `loop.state.${live.state}` : "lamp.unknown")}</span>
      </header>
      <p className={styles["why"]}>{words.loop(live)}</p>
      <dl className={styles["facts"]}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Parts loop={loop} />
    </article>
  );
}

/** What it reads and what it drives. */
function Parts({ loop }: { readonly loop: Loop }): JSX.Element {
  const { t } = useTranslation("equipment");
  const devices = useTank((s) => s.devices);
  const nameOf = new Map<string, string>(channelsOf(devices).map(({ id, name }) => [id, name]));
  const parts = [
    ...inputsOf(loop).map((id) => ["reads", id] as const),
    ...outputsOf(loop).map((id) => ["drives", id] as const),
  ];
  return (
    <ul className={styles["parts"]}>
      {parts.map(([kind, id]) => (
        <li key={kind + id}>
          <Link href={`/channels/${id}`}>{t(`loop.${kind}`, { name: nameOf.get(id) ?? t("loop.gone") })}</Link>
        </li>
      ))}
    </ul>
  );
}

function temperature(celsius: number, formats: Formats): string {
  return formats.valueWithUnit(celsius, formats.unitOf("temperature", "°C"));
}

function difference(celsius: number, formats: Formats): string {
  const { factor, decimals } = formats.unitOf("temperature", "°C");
  return formats.number(celsius * factor, decimals);
}
