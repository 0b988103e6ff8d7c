import { Pencil, Play } from "lucide-react";
import type { JSX } from "react";
import type { ActiveMode, ModeConfig } from "#contract/modes.ts";
import { Button } from "../../components/button.tsx";
import { ButtonLink } from "../../components/button-link.tsx";
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
  const active = useTank((s) => (s.activeMode?.modeId === mode.id ? s.activeMode : null));
  const state =
    active === null
      ? t("for", { duration: formats.duration(mode.durationS * 1_000) })
      : t(active.stage === "on" ? "isOn" : "isReturning");
  return (
    <article className={styles["card"]} data-on={active !== null || undefined}>
      <header className={styles["head"]}>
        <h3>{mode.name}</h3>
        <span className={styles["state"]}>{state}</span>
      </header>
      <Held mode={mode} />
      <Acts mode={mode} active={active} />
    </article>
  );
}

/** What it holds, and what it keeps quiet. */
function Held({ mode }: { readonly mode: ModeConfig }): JSX.Element {
  const { t } = useTranslation("modes");
  const level = useLevelWords();
  const devices = useTank((s) => s.devices);
  const nameOf = new Map<string, string>(channelsOf(devices).map(({ id, name }) => [id, name]));
  const held = mode.outputs.map((output) =>
    t("form.held", { name: nameOf.get(output.channelId) ?? "–", level: level(output.level) }),
  );
  const kinds = mode.suppresses.map((kind) => t(`form.suppress.${kind}`)).join(", ");
  return (
    <div className={styles["why"]}>
      <p>{held.length === 0 ? t("nothingHeld") : held.join(", ")}</p>
      {kinds !== "" && <p>{t("quiet", { kinds })}</p>}
    </div>
  );
}

interface ActsProps {
  readonly mode: ModeConfig;
  /** Where it is this one that is on. */
  readonly active: ActiveMode | null;
}

function Acts({ mode, active }: ActsProps): JSX.Element {
  const { t } = useTranslation("modes");
  const blocked = useBlocked("operator");
  const act = useAct();
  const other = useTank((s) => (s.activeMode?.stage === "on" ? s.activeMode.name : null));
  const reason = blocked ?? (other === null ? null : t("blockedByOther", { name: other }));
  return (
    <>
      {act.problem !== null && <Failure problem={act.problem} />}
      <footer className={styles["foot"]}>
        {active === null ? (
          <Button
            kind="primary"
            disabledReason={reason}
            isPending={act.isPending}
            onPress={() => void act.run(() => core.api.modes.start.mutate({ id: mode.id }))}
          >
            <Play aria-hidden="true" />
            {t("start")}
          </Button>
        ) : (
          <Button
            disabledReason={blocked}
            isPending={act.isPending}
            onPress={() => void act.run(() => core.api.modes.stop.mutate())}
          >
            {t(active.stage === "on" ? "stop" : "stopReturning")}
          </Button>
        )}
        <ButtonLink href={`/control/modes/${mode.id}`} label={t("editOne", { name: mode.name })} isIcon>
          <Pencil aria-hidden="true" />
        </ButtonLink>
      </footer>
    </>
  );
}
