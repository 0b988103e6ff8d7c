import type { z } from "zod";
import { type Instant, instantFrom } from "#contract/time.ts";
import { tankNowMs } from "../../charts/tank-now.ts";
import type { DraftProblem } from "../control/form/draft-problems.ts";
import { type DraftForm, useDraftForm } from "../control/form/use-draft-form.ts";
import { extentOfChoice, type SpanChoice } from "./span-choice.ts";
import { type Preview, usePreview } from "./use-preview.ts";

/** The past that is asked about, as the core takes it; without an end it runs up to now. */
interface AskedSpan {
  readonly from: Instant;
  readonly to?: Instant;
}

interface Question<D> {
  readonly draft: D;
  readonly span: SpanChoice;
}

interface TrialParts<D extends object, Q, A> {
  readonly initial: D;
  readonly schema: z.ZodType<Q>;
  /** Further objections, by path, that no schema sees. */
  readonly check?: (draft: D) => ReadonlyMap<string, DraftProblem>;
  readonly span: SpanChoice;
  readonly ask: (question: Q, past: AskedSpan, signal: AbortSignal) => Promise<A>;
}

/** What is asked about the past, and what came of it. */
export interface Trial<D extends object, A> {
  readonly form: DraftForm<D>;
  readonly span: SpanChoice;
  readonly preview: Preview<Question<D>, A>;
  /** The answer is one to another question than stands there now. */
  readonly isOutdated: boolean;
}

/** A form that asks instead of keeping: whoever may look may ask. */
export function useTrial<D extends object, Q, A>(parts: TrialParts<D, Q, A>): Trial<D, A> {
  const { schema, span, ask, ...rest } = parts;
  const preview = usePreview<Question<D>, A>();
  const form = useDraftForm<D>({
    ...rest,
    schema,
    isNew: true,
    role: "viewer",
    save: async (draft) => {
      const { fromMs, toMs } = extentOfChoice(span, tankNowMs());
      const to = span.kind === "custom" ? { to: instantFrom(toMs) } : {};
      const question = schema.parse(draft);
      const past = { from: instantFrom(fromMs), ...to };
      await preview.run({ draft, span }, (signal) => ask(question, past, signal));
      return null;
    },
  });
  const asked = preview.answered?.question;
  const isOutdated = asked !== undefined && (asked.draft !== form.draft || asked.span !== span);
  return { form, span, preview, isOutdated };
}
