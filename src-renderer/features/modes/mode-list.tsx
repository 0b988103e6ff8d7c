import type { JSX } from "react";
import { Link } from "wouter";
import { CardGrid } from "../../components/card-grid.tsx";
import { Empty } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTank } from "../../stores/tank.ts";
import { ModeCard } from "./mode-card.tsx";

/** Every mode there is; where there is none, the one that is wanted first. */
export function ModeList(): JSX.Element {
  const { t } = useTranslation("modes");
  const modes = useTank((s) => s.modes);
  if (modes.size === 0) {
    return (
      <Empty title={t("none")}>
        <p>{t("noneHelp")}</p>
        <Link href="/control/modes/new?kind=feed">{t("form.feedTemplate")}</Link>
        <p>{t("form.feedTemplateHelp")}</p>
      </Empty>
    );
  }
  return (
    <CardGrid isLevel>
      {[...modes.values()].map((mode) => (
        <li key={mode.id}>
          <ModeCard mode={mode} />
        </li>
      ))}
    </CardGrid>
  );
}
