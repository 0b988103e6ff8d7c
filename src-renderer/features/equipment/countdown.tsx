import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { momentWords } from "./moment.ts";

interface CountdownProps {
  /** An instant of the tank's clock. */
  readonly until: string;
  /** `auto`: then the automatic takes over again; `wait`: then it goes on by itself. */
  readonly kind: "auto" | "wait";
}

/** Until when, and how long that is. */
export function Countdown({ until, kind }: CountdownProps): JSX.Element {
  const { t } = useTranslation("equipment");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const untilMs = Date.parse(until);
  const words = { left: formats.duration(untilMs - nowMs), time: momentWords(formats, untilMs, nowMs) };
  return <span>{t(`until.${kind}`, words)}</span>;
}
