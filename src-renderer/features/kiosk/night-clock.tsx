import { type JSX, useEffect, useState } from "react";
import { Dialog as AriaDialog, Modal, ModalOverlay } from "react-aria-components";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useKiosk } from "../../stores/kiosk.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { channelsOf, useReading, useTank } from "../../stores/tank.ts";
import { type TankStatus, toneOf } from "../tank/tank-status.ts";
import { useStatusWords } from "../tank/use-status-words.ts";
import { useTankStatus } from "../tank/use-tank-status.ts";
import styles from "./night-clock.module.css";
import { whenIdle } from "./touches.ts";
import { wakeKeysOf } from "./wake-keys.ts";

const MIN_MS = 60_000;
/** A touch's late click, which browsers send after the finger is gone, still lands on the clock. */
const WAKE_AFTER_MS = 350;

/** After a while without a touch the clock alone, until somebody touches it or something is wrong. */
export function NightClock(): JSX.Element | null {
  const dimAfterMin = useKiosk((k) => k.dimAfterMin);
  const [isDim, setDim] = useState(false);

  useEffect(() => {
    if (isDim || dimAfterMin === "never") return;
    return whenIdle(Number(dimAfterMin) * MIN_MS, () => setDim(true));
  }, [isDim, dimAfterMin]);

  return isDim ? <Clock onWake={() => setDim(false)} /> : null;
}

function Clock({ onWake }: { readonly onWake: () => void }): JSX.Element {
  const { t } = useTranslation("kiosk");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const status = useTankStatus();
  const { sentence } = useStatusWords();
  const wakeSoon = (): void => void setTimeout(onWake, WAKE_AFTER_MS);
  useWakeOnTrouble(status, onWake);

  return (
    // The top one of all overlays: what lies beneath, a dialog too, neither sees nor hears the touch that wakes.
    <ModalOverlay className={styles["night"] ?? ""} isOpen isKeyboardDismissDisabled>
      <Modal className={styles["modal"] ?? ""}>
        <AriaDialog className={styles["dialog"] ?? ""} aria-label={t("night.label")}>
          {/* biome-ignore lint/a11y/noAutofocus: any key wakes, and keys go to what has the focus */}
          <button autoFocus type="button" className={styles["face"]} onPointerUp={wakeSoon} onKeyDown={wakeSoon}>
            {/* A picture that stands still for years burns in. */}
            <span className={styles["words"]} data-place={Math.floor(nowMs / MIN_MS) % 4}>
              <Time nowMs={nowMs} />
              <Temperature />
              <span className={styles["sentence"]} data-tone={toneOf(status)}>
                {sentence(status)}
              </span>
              <span className={styles["hint"]}>{t("night.hint", { zone: formats.timeZone })}</span>
            </span>
          </button>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The hands of the clock as large as they fit; AM and PM need not be. */
function Time({ nowMs }: { readonly nowMs: number }): JSX.Element {
  const { timeZone, language } = useFormats();
  const parts = new Intl.DateTimeFormat(language, { timeZone, hour: "2-digit", minute: "2-digit" }).formatToParts(
    nowMs,
  );
  const isHands = ({ type }: Intl.DateTimeFormatPart): boolean => type !== "dayPeriod";
  const wordsOf = (some: readonly Intl.DateTimeFormatPart[]): string => some.map(({ value }) => value).join("");
  const half = wordsOf(parts.filter((part) => !isHands(part)));
  return (
    <span className={styles["time"]}>
      {wordsOf(parts.filter(isHands)).trim()}
      {half !== "" && <small> {half}</small>}
    </span>
  );
}

function Temperature(): JSX.Element | null {
  const { t } = useTranslation("kiosk");
  const formats = useFormats();
  const channel = useTank((s) => {
    const temperatures = channelsOf(s.devices).filter((c) => c.kind === "sensor" && c.quantity === "temperature");
    return temperatures.find((c) => c.role === "display") ?? temperatures[0];
  });
  const reading = useReading(channel?.id ?? "");
  if (channel === undefined) return null;
  const isGood = reading?.quality === "good" && reading.value !== null;
  const { value } = reading ?? { value: null };
  return (
    <span className={styles["temperature"]}>
      {isGood && value !== null ? (
        formats.valueWithUnit(value, formats.unitOf(channel.quantity, channel.unit))
      ) : (
        <span className={styles["unknown"]}>{t("night.noTemperature")}</span>
      )}
    </span>
  );
}

/** What was wrong when the screen went dark is known; what is new wakes it, once. */
function useWakeOnTrouble(status: TankStatus, onWake: () => void): void {
  const keys = wakeKeysOf(status);
  const [known] = useState(() => new Set(keys));
  const isNew = keys.some((key) => !known.has(key));
  useEffect(() => {
    if (isNew) onWake();
  }, [isNew, onWake]);
}
