import { type JSX, useState } from "react";
import type { Calibration, Channel } from "#contract/channels.ts";
import { calibratorFor } from "#domain/calibration/calibrate.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { NumberField } from "../../components/fields.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import {
  type CalibrationDraft,
  type CalibrationDraftPoint,
  calibrationFrom,
  calibrationProblem,
  EMPTY_POINT,
} from "./calibration-draft.ts";
import { CalibrationPoint } from "./calibration-point.tsx";
import { RawValue } from "./raw-value.tsx";
import { useRawWindow } from "./raw-window.ts";
import styles from "./settings.module.css";
import { useCalibrationWords } from "./use-calibration-words.ts";

const FRESH: CalibrationDraft = { method: "offset", offsetShown: 0, points: [EMPTY_POINT, EMPTY_POINT] };

/** Sets a sensor right: by an offset, or by one or two solutions of known value, with its live raw value at hand. */
export function CalibrationForm({ channel }: { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation(["channel", "common"]);
  const formats = useFormats();
  const words = useCalibrationWords(channel);
  const display = formats.unitOf(channel.quantity, channel.unit);
  const blocked = useBlocked("admin");
  const [draft, setDraft] = useState(FRESH);
  const [undo, setUndo] = useState<{ readonly to: Calibration | null } | null>(null);
  const [said, setSaid] = useState<"saved" | "undone" | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const samples = useRawWindow(channel.id, channel.calibration);
  const raw = samples.at(-1)?.raw ?? null;
  const next = calibrationFrom(draft, display);
  const wrong = calibrationProblem(draft, { display, quantity: channel.quantity, present: channel.calibration });

  const save = async (calibration: Calibration | null, isUndo: boolean): Promise<void> => {
    setIsSaving(true);
    try {
      await core.api.channels.patch.mutate({ id: channel.id, calibration });
      setUndo(isUndo ? null : { to: channel.calibration });
      setSaid(isUndo ? "undone" : "saved");
      setDraft(FRESH);
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setIsSaving(false);
    }
  };
  const setPoint = (index: number, change: Partial<CalibrationDraftPoint>): void => {
    const points = draft.points.map((point, n) => (n === index ? { ...point, ...change } : point));
    setDraft({ ...draft, points });
  };
  return (
    <section className={styles["form"]} aria-label={t("calibration.title")}>
      <h2 className={styles["title"]}>{t("calibration.title")}</h2>
      <p className={styles["note"]}>{words.sentence(channel.calibration)}</p>
      {blocked !== null && <p className={styles["note"]}>{t("settings.whoMay", { reason: blocked })}</p>}
      <RawValue samples={samples} decimals={display.decimals} />
      <Segmented
        label={t("calibration.method")}
        value={draft.method}
        onChange={(method) => setDraft({ ...draft, method })}
        choices={(["offset", "one", "two"] as const).map((value) => ({ value, text: t(`calibration.${value}`) }))}
        disabledReason={blocked}
      />
      {draft.method === "offset" ? (
        <NumberField
          label={t("calibration.offsetField")}
          value={draft.offsetShown}
          onChange={(offsetShown) => setDraft({ ...draft, offsetShown })}
          unit={display.unit}
          decimals={display.decimals + 1}
          isDisabled={blocked !== null}
        />
      ) : (
        draft.points.slice(0, draft.method === "one" ? 1 : 2).map((point, index) => (
          <CalibrationPoint
            // biome-ignore lint/suspicious/noArrayIndexKey: points are the first and the second, and never move
            key={index}
            number={index + 1}
            point={point}
            raw={raw}
            display={display}
            blocked={blocked}
            onChange={(change) => setPoint(index, change)}
          />
        ))
      )}
      {next !== null && wrong === null && raw !== null && (
        <p className={styles["note"]}>
          {t("calibration.preview", { value: formats.valueWithUnit(calibratorFor(next)(raw), display) })}
        </p>
      )}
      {problem !== null && <Failure problem={problem} />}
      <div className={styles["actions"]}>
        <Button
          kind="primary"
          isPending={isSaving}
          disabledReason={whyNot()}
          onPress={() => next !== null && void save(next, false)}
        >
          {t("calibration.save")}
        </Button>
        {undo !== null && (
          <Button disabledReason={blocked} isReasonHidden onPress={() => void save(undo.to, true)}>
            {t("calibration.undo")}
          </Button>
        )}
        {channel.calibration !== null && (
          <Button kind="danger" disabledReason={blocked} isReasonHidden onPress={() => setIsAsking(true)}>
            {t("calibration.remove")}
          </Button>
        )}
        <span className={styles["said"]} role="status">
          {said === null ? "" : t(`calibration.${said}`)}
        </span>
      </div>
      <Dialog title={t("calibration.removeAsk")} isOpen={isAsking} onClose={() => setIsAsking(false)} isAlert>
        <p>{t("calibration.removeHelp")}</p>
        <DialogActions>
          <Button onPress={() => setIsAsking(false)}>{t("common:action.cancel")}</Button>
          <Button
            kind="danger"
            onPress={() => {
              setIsAsking(false);
              void save(null, false);
            }}
          >
            {t("calibration.remove")}
          </Button>
        </DialogActions>
      </Dialog>
    </section>
  );

  function whyNot(): string | null {
    if (blocked !== null || wrong === null) return blocked;
    return typeof wrong === "string" ? t(`calibration.problem.${wrong}`) : wrong.sentence;
  }
}
