import { Pencil, Play } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import type { ModeConfig } from "#contract/modes.ts";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { useLevelWords } from "../equipment/use-level-words.ts";
import styles from "./modes.module.css";

/** One mode: what it would hold, for how long, and the way to start it. */
export function ModeCard({ mode }: { readonly mode: ModeConfig }): JSX.Element {
  const { t } = useTranslation("modes");
  const formats = useFormats();
  const level = useLevelWords();
  const blocked = useBlocked("operator");
  const act = useAct();
  const active = useTank((s) => s.activeMode);
  const devices = useTank((s) => s.devices);
  const nameOf = new Map<string, string>(channelsOf(devices).map(({ id, name }) => [id, name]));
  const isOn = active?.modeId === mode.id;
  const otherOn = active !== null && !isOn && active.stage === "on" ? active.name : null;
  const held = mode.outputs.map((output) =>
    t("form.held", { name: nameOf.get(output.channelId) ?? "–", level: level(output.level) }),
  );
  const reason = blocked ?? (otherOn === null ? null : t("blockedByOther", { name: otherOn }));
  return (
    <article className={styles["card"]} data-on={isOn || undefined}>
      <header className={styles["head"]}>
        <h3>{mode.name}</h3>
        <span className={styles["state"]}>
          {isOn
            ? t(active.stage === "on" ? "isOn" : "isReturning")
            : t("for", { duration: formats.duration(mode.durationS * 1_000) })}
        </span>
      </header>
      <p className={styles["why"]}>{held.length === 0 ? t("nothingHeld") : held.join(", ")}</p>
      {mode.suppresses.length > 0 && (
        <p className={styles["why"]}>
          {t("quiet", { kinds: mode.suppresses.map((kind) => t(`form.suppress.${kind}`)).join(", ") })}
        </p>
      )}
      {act.problem !== null && <Failure problem={act.problem} />}
      <footer className={styles["foot"]}>
        {isOn ? (
          <Button
            disabledReason={blocked}
            isPending={act.isPending}
            onPress={() => void act.run(() => core.api.modes.stop.mutate())}
          >
            {t(active.stage === "on" ? "stop" : "stopReturning")}
          </Button>
        ) : (
          <Button
            kind="primary"
            disabledReason={reason}
            isPending={act.isPending}
            onPress={() => void act.run(() => core.api.modes.start.mutate({ id: mode.id }))}
          >
            <Play aria-hidden="true" />
            {t("start")}
          </Button>
        )}
        <Link
          className={styles["edit"]}
          href={`/control/modes/${mode.id}`}
          aria-label={t("editOne", { name: mode.name })}
        >
          <Pencil aria-hidden="true" />
        </Link>
      </footer>
    </article>
  );
}
