import { useState } from "react";
import { type Problem, problemOf } from "../../api/problem.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTankNowMs } from "../../stores/now.ts";

interface Refusal {
  readonly problem: Problem;
  /** On the tank's clock, epoch ms: before it another try is refused unseen. */
  readonly retryAtMs: number;
}

export interface RefusalState {
  readonly problem: Problem | null;
  /** Why a try makes no sense now, in a sentence; null: it does. */
  readonly waitReason: string | null;
  refuse(error: unknown): Problem;
  clear(): void;
}

const MS_PER_S = 1_000;

/** What the core said no with at sign-in, and how long it wants to be left alone. */
export function useRefusal(): RefusalState {
  const { t } = useTranslation("session");
  const { t: tCommon } = useTranslation();
  const isOnline = useConnection((c) => c.state === "online");
  const nowMs = useTankNowMs();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const waitS = refusal === null ? 0 : Math.ceil((refusal.retryAtMs - nowMs) / MS_PER_S);
  const waitWords = waitS > 0 ? t("wait", { count: waitS }) : null;
  return {
    problem: refusal?.problem ?? null,
    waitReason: isOnline ? waitWords : tCommon("blocked.offline"),
    refuse: (error) => {
      const problem = problemOf(error);
      setRefusal({ problem, retryAtMs: nowMs + (problem.retryAfterS ?? 0) * MS_PER_S });
      return problem;
    },
    clear: () => setRefusal(null),
  };
}

/** The refusal in the user's own language where it is a known one; else in the core's sentence. */
export function useRefusalWords(): (problem: Problem, act: "sign-in" | "set-up") => string {
  const { t } = useTranslation("session");
  return (problem, act) => {
    switch (problem.code) {
      case "unauthenticated":
        return act === "sign-in" ? t("refused.wrong") : t("refused.code");
      case "too-many-requests":
        return t("refused.throttled");
      case "database-away":
      case "store-unavailable":
        return t("refused.databaseAway");
      case "stopping":
        return t("refused.stopping");
      case "offline":
        return t("refused.offline");
      default:
        return problem.message;
    }
  };
}
