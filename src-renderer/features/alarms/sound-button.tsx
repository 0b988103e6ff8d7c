import { Volume2, VolumeOff, VolumeX } from "lucide-react";
import { type JSX, useEffect } from "react";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { raisingOf } from "../../stores/alarms.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import type { AlarmGroup } from "./alarm-groups.ts";
import { causeOf, melodyOf } from "./alarm-melody.ts";
import { mute, play, unmute, useSound } from "./alarm-player.ts";
import styles from "./alarms.module.css";

/** The touch screen's voice: sounds as urgently as the worst that calls, until it is muted or acknowledged. */
export function SoundButton({ calling }: { readonly calling: readonly AlarmGroup[] }): JSX.Element | null {
  const { t } = useTranslation("alarms");
  const isBlocked = useSound((s) => s.isBlocked);
  const muted = useSound((s) => s.muted);
  const devices = useTank((s) => s.devices);
  const alarms = calling.flatMap(({ members }) => members);
  const isMuted = alarms.every((alarm) => muted.has(raisingOf(alarm)));
  const [lead] = alarms;
  const quantity = channelsOf(devices).find(({ id }) => id === lead?.channelId)?.quantity ?? null;
  const cause = lead === undefined ? null : causeOf(lead.kind, quantity);
  const priority = lead?.priority ?? "low";
  const melody = cause === null ? null : melodyOf(priority, cause);
  const hasMelody = melody !== null;

  useEffect(() => {
    const due = cause === null || isMuted ? null : melodyOf(priority, cause);
    return due === null ? undefined : play(due);
  }, [cause, priority, isMuted]);

  if (!hasMelody) return null;
  if (isMuted) {
    return (
      <Button label={t("sound.unmute")} onPress={unmute}>
        <VolumeX aria-hidden="true" />
      </Button>
    );
  }
  if (isBlocked) {
    // Another button than the one below: the touch that lets it sound must not mute it.
    return (
      <Button key="blocked" kind="danger" onPress={() => undefined}>
        <VolumeOff aria-hidden="true" />
        {t("sound.blocked")}
        <span className={styles["heard"]}>{t("sound.blockedHelp")}</span>
      </Button>
    );
  }
  return (
    <Button key="sounding" label={t("sound.mute")} onPress={() => mute(alarms.map(raisingOf))}>
      <Volume2 aria-hidden="true" />
    </Button>
  );
}
