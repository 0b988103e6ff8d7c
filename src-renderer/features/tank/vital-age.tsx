import { memo, type ReactNode } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useReading } from "../../stores/tank.ts";
import type { Standing } from "./standing.ts";

interface VitalAgeProps {
  readonly channelId: string;
  readonly kind: Standing["kind"];
}

/** How old a value is, in a word or two; nothing where there is none. */
export const VitalAge = memo(function VitalAge({ channelId, kind }: VitalAgeProps): ReactNode {
  const { t } = useTranslation();
  if (kind === "live") return t("age.now");
  return kind === "late" || kind === "stale" ? <Age channelId={channelId} /> : null;
});

function Age({ channelId }: { readonly channelId: string }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const takenAt = useReading(channelId)?.takenAt ?? null;
  const nowMs = useTankNowMs();
  return takenAt === null ? null : t("age.old", { age: formats.duration(nowMs - Date.parse(takenAt)) });
}
