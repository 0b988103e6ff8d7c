import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { useLevelWords } from "../equipment/use-level-words.ts";
import { type ModeDraft, returnsOf } from "./mode-draft.ts";
import styles from "./modes.module.css";

/** What happens when, from the mode's start to its last output's return. */
export function ModePlan({ draft }: { readonly draft: ModeDraft }): JSX.Element | null {
  const { t } = useTranslation("modes");
  const formats = useFormats();
  const level = useLevelWords();
  const devices = useTank((s) => s.devices);
  const nameOf = new Map<string, string>(channelsOf(devices).map(({ id, name }) => [id, name]));
  const { durationS, outputs } = draft;
  if (!(durationS > 0)) return null;
  const after = (s: number): string => `+ ${formats.duration(s * 1_000)}`;
  const list = (ids: readonly string[]): string => ids.map((id) => nameOf.get(id) ?? "–").join(", ");
  const held = outputs
    .filter(({ channelId }) => channelId !== "")
    .map((output) => t("form.held", { name: nameOf.get(output.channelId) ?? "–", level: level(output.level) }))
    .join(", ");
  const returns = returnsOf(outputs);
  const [first] = returns;
  const atOnce = first !== undefined && first.afterS === 0 ? first : null;
  return (
    <ol className={styles["plan"]}>
      <li>{t("form.previewStart", { outputs: held === "" ? t("form.nothing") : held })}</li>
      <li>
        {t("form.previewEnd", {
          time: after(durationS),
          outputs: atOnce === null ? "" : t("form.previewAtOnce", { outputs: list(atOnce.channelIds) }),
        }).trim()}
      </li>
      {returns
        .filter((group) => group !== atOnce)
        .map(({ afterS, channelIds }) => (
          <li key={afterS}>
            {t("form.previewBack", { time: after(durationS + afterS), outputs: list(channelIds) })}
          </li>
        ))}
    </ol>
  );
}
