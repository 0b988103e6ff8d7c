import type { JSX } from "react";
import type { Problem } from "../api/problem.ts";
import { Failure } from "../components/states.tsx";
import { useTranslation } from "../i18n/use-translation.ts";
import { asSentence } from "./tidy.ts";

interface HistoryProblemProps {
  readonly problem: Problem;
  readonly onRetry: () => void;
}

/** History does not answer: what that means for the tank, and that it is tried again by itself. */
export function HistoryProblem({ problem, onRetry }: HistoryProblemProps): JSX.Element {
  const { t } = useTranslation("channel");
  if (problem.code !== "database-away") return <Failure problem={problem} onRetry={onRetry} />;
  const message = `${t("chart.away")}. ${t("chart.awayHelp", { message: asSentence(problem.message) })}`;
  return <Failure problem={{ ...problem, message }} onRetry={onRetry} />;
}
