import { type JSX, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import type { Output } from "#contract/outputs.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { NumberField } from "../../components/fields.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { Choices } from "./choices.tsx";
import styles from "./hold-dialog.module.css";
import { HOLD_CHOICES, type HoldChoice, holdSeconds, MAX_HOLD_MIN, tomorrowMorningMs } from "./hold-times.ts";
import { LevelField } from "./level-field.tsx";
import { momentWords } from "./moment.ts";

export interface Hold {
  readonly level: number;
  readonly durationS: number;
}

interface HoldDialogProps {
  readonly channel: Channel;
  readonly output: Output;
  readonly target: "off" | "on";
  readonly onHold: (hold: Hold) => void;
  readonly onClose: () => void;
}

const FULL_PCT = 100;

/** For how long a hand shall hold an output; a dimmer, at what level too. Nothing is held for ever. */
export function HoldDialog({ channel, output, target, onHold, onClose }: HoldDialogProps): JSX.Element {
  const { t } = useTranslation(["equipment", "common"]);
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const reason = useBlocked("operator");
  const isDimmer = channel.kind === "dimmer" && target === "on";
  const [choice, setChoice] = useState<HoldChoice>("15min");
  const [customMin, setCustomMin] = useState(30);
  const [levelPct, setLevelPct] = useState(() => firstLevel(output));
  const durationS = holdSeconds({ choice, customMin, nowMs, timeZone: formats.timeZone });
  const onPct = isDimmer ? levelPct : FULL_PCT;
  const untilMs = nowMs + (durationS ?? 0) * 1_000;
  const until = momentWords(formats, untilMs, nowMs);
  const confirm = (): void => {
    if (durationS !== null) onHold({ level: target === "off" ? 0 : onPct, durationS });
  };

  return (
    <Dialog
      title={t(isDimmer ? "hold.titleLevel" : `hold.title.${target}`, { name: output.name })}
      isOpen
      onClose={onClose}
    >
      {isDimmer && <LevelField value={levelPct} onChange={setLevelPct} />}
      <Choices
        label={t("hold.howLong")}
        value={choice}
        onChange={setChoice}
        choices={HOLD_CHOICES.map((value) => ({
          value,
          text: t(`hold.for.${value}`, { time: formats.time(tomorrowMorningMs(nowMs, formats.timeZone)) }),
        }))}
      />
      {choice === "custom" && (
        <CustomTime value={customMin} onChange={setCustomMin} isWrong={durationS === null} />
      )}
      <p className={styles["until"]}>{durationS === null ? "" : t("hold.afterwards", { time: until })}</p>
      <DialogActions>
        <Button onPress={onClose}>{t("common:action.cancel")}</Button>
        <Button
          kind="primary"
          disabledReason={reason ?? (durationS === null ? t("common:blocked.invalid") : null)}
          onPress={confirm}
        >
          {t(isDimmer ? "hold.setLevel" : `hold.do.${target}`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Where it is now is where a hand begins. */
function firstLevel({ actual, requested }: Output): number {
  const level = Math.round(actual ?? requested);
  return level > 0 ? level : FULL_PCT;
}

interface CustomTimeProps {
  readonly value: number;
  readonly onChange: (minutes: number) => void;
  readonly isWrong: boolean;
}

function CustomTime({ value, onChange, isWrong }: CustomTimeProps): JSX.Element {
  const { t } = useTranslation("equipment");
  const formats = useFormats();
  const max = formats.number(MAX_HOLD_MIN, 0);
  return (
    <NumberField
      label={t("hold.minutes")}
      unit="min"
      decimals={0}
      value={value}
      onChange={onChange}
      help={t("hold.minutesHelp", { max })}
      error={isWrong ? t("hold.minutesWrong", { max }) : null}
    />
  );
}
