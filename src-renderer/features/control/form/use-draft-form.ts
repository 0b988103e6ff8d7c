import { type SubmitEvent, useMemo, useState } from "react";
import type { z } from "zod";
import type { UserRole } from "#contract/roles.ts";
import type { Problem } from "../../../api/problem.ts";
import { useTranslation } from "../../../i18n/use-translation.ts";
import { useBlocked } from "../../../stores/blocked.ts";
import { useAct } from "../../../stores/use-act.ts";
import { changesOf, refusalsByField } from "./draft.ts";
import { type DraftProblem, draftProblems } from "./draft-problems.ts";

export type FieldProblem = DraftProblem | { readonly kind: "refused"; readonly message: string };

/** One form: what it holds, what is wrong with it, and the way to save it. */
export interface DraftForm<D extends object> {
  readonly draft: D;
  set(change: Partial<D>): void;
  /** What to say at a field; what was left out is not held against anybody before he came by. */
  problemAt(path: string): FieldProblem | null;
  /** Who may not change it sees it as it is. */
  readonly isDisabled: boolean;
  readonly changes: Partial<D>;
  readonly isChanged: boolean;
  readonly isPending: boolean;
  readonly isSaved: boolean;
  /** Why it cannot be saved now; null: it can. */
  readonly saveBlocked: string | null;
  /** What the core said against the whole of it. */
  readonly problem: Problem | null;
  readonly otherRefusals: readonly string[];
  submit(event: SubmitEvent): void;
}

interface DraftFormParts<D extends object> {
  readonly initial: D;
  readonly schema: z.ZodType;
  /** Nothing is kept yet: it may be saved as it stands. */
  readonly isNew?: boolean;
  readonly role?: UserRole;
  /** Further objections, by path, that no schema sees. */
  readonly check?: (draft: D) => ReadonlyMap<string, DraftProblem>;
  /** @returns what is kept from now on; null: the form is left */
  readonly save: (draft: D, changes: Partial<D>) => Promise<D | null>;
}

export function useDraftForm<D extends object>(parts: DraftFormParts<D>): DraftForm<D> {
  const { schema, isNew = false, role = "admin", check, save } = parts;
  const { t } = useTranslation();
  const blocked = useBlocked(role);
  const act = useAct();
  const [was, setWas] = useState(parts.initial);
  const [draft, setDraft] = useState(parts.initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [isSaved, setSaved] = useState(false);
  const problems = useMemo(
    () => new Map([...(check?.(draft) ?? []), ...draftProblems(schema, draft)]),
    [schema, draft, check],
  );
  const changes = useMemo(() => changesOf(was, draft), [was, draft]);
  const isChanged = Object.keys(changes).length > 0;
  const { shown, others } = useMemo(
    () => refusalsByField(act.problem?.details ?? [], Object.keys(draft)),
    [act.problem, draft],
  );
  const isEditable = blocked === null;

  const saveBlocked = ((): string | null => {
    if (blocked !== null) return blocked;
    if (problems.size > 0) return t("blocked.invalid");
    return isChanged || isNew ? null : t("blocked.unchanged");
  })();

  return {
    draft,
    changes,
    isChanged,
    isPending: act.isPending,
    isSaved: isSaved && !isChanged,
    isDisabled: !isEditable,
    problem: act.problem,
    otherRefusals: others,
    saveBlocked,
    set: (change) => {
      setDraft((before) => ({ ...before, ...change }));
      setTouched((before) => new Set([...before, ...Object.keys(change)]));
      setSaved(false);
      act.clear();
    },
    problemAt: (path) => {
      const refusal = shown.get(path);
      if (refusal !== undefined) return { kind: "refused", message: refusal };
      const problem = problems.get(path);
      if (problem === undefined) return null;
      const [field = ""] = path.split(".");
      return problem.kind === "missing" && !touched.has(field) ? null : problem;
    },
    submit: (event) => {
      event.preventDefault();
      if (saveBlocked !== null || act.isPending) return;
      void act.run(async () => {
        const kept = await save(draft, changes);
        if (kept === null) return;
        setWas(kept);
        setDraft(kept);
        setSaved(true);
      });
    },
  };
}
