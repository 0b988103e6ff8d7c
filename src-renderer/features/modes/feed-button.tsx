import { Fish } from "lucide-react";
import type { JSX } from "react";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";

/** One press and the tank is quiet for feeding; the banner then counts down and ends it. */
export function FeedButton(): JSX.Element | null {
  const { t } = useTranslation("tank");
  const blocked = useBlocked("operator");
  const act = useAct();
  const feed = useTank((s) => [...s.modes.values()].find(({ kind }) => kind === "feed"));
  const isFree = useTank((s) => s.activeMode?.stage !== "on");
  if (feed === undefined || !isFree) return null;
  return (
    <>
      <Button
        disabledReason={blocked}
        isReasonHidden
        isPending={act.isPending}
        onPress={() => void act.run(() => core.api.modes.start.mutate({ id: feed.id }))}
      >
        <Fish aria-hidden="true" />
        {t("feed")}
      </Button>
      {act.problem !== null && <Failure problem={act.problem} />}
    </>
  );
}
