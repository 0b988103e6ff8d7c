import { Hourglass } from "lucide-react";
import type { JSX } from "react";
import type { ActiveMode } from "#contract/modes.ts";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { momentWords } from "../equipment/moment.ts";
import styles from "./standing.module.css";

/** A mode is on, or its outputs are on their way back: how long still, and the way to end it now. */
export function ModeBanner({ mode }: { readonly mode: ActiveMode }): JSX.Element {
  const { t } = useTranslation("modes");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const blocked = useBlocked("operator");
  const act = useAct();
  const endsAtMs = Date.parse(mode.endsAt);
  const words = {
    name: mode.name,
    left: formats.duration(endsAtMs - nowMs),
    time: momentWords(formats, endsAtMs, nowMs),
  };
  const isOn = mode.stage === "on";
  return (
    <section
      className={styles["banner"]}
      data-banner=""
      data-tone="mode"
      data-stage={mode.stage}
      aria-label={t("title")}
    >
      <Hourglass aria-hidden="true" />
      <div className={styles["words"]}>
        <p className={styles["left"]} aria-hidden="true">
          {t(isOn ? "banner.on" : "banner.returning", words)}
        </p>
        {/* What counts every second is not read out every second. */}
        <p className={styles["heard"]} role="status">
          {isOn ? t("banner.announceOn", words) : t("banner.announceReturning", words)}
        </p>
        <p className={styles["more"]}>{isOn ? t("banner.by", { by: mode.by }) : <Returning mode={mode} />}</p>
        {act.problem !== null && <Failure problem={act.problem} />}
      </div>
      <Button
        disabledReason={blocked}
        isReasonHidden
        isPending={act.isPending}
        onPress={() => void act.run(() => core.api.modes.stop.mutate())}
      >
        {t(isOn ? "stop" : "stopReturning")}
      </Button>
    </section>
  );
}

/** Which output comes back next, and when. */
function Returning({ mode }: { readonly mode: ActiveMode }): JSX.Element | null {
  const { t } = useTranslation("modes");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const outputs = useTank((s) => s.outputs);
  const [next] = mode.held.toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
  if (next === undefined) return null;
  const name = outputs.get(next.channelId)?.name ?? "–";
  return <>{t("banner.next", { name, left: formats.duration(Date.parse(next.until) - nowMs) })}</>;
}
