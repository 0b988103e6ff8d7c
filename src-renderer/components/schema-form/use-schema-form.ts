import { useMemo, useState } from "react";
import type { FaultDetail } from "#contract/errors.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { usePreferences } from "../../stores/preferences.ts";
import {
  changedParams,
  type Draft,
  type DraftValue,
  draftFrom,
  isDraft,
  type Params,
  paramsFrom,
  type Wording,
} from "./form-draft.ts";
import { type FormField, fieldsFrom } from "./form-field.ts";
import { type FieldProblem, problemsIn } from "./form-problems.ts";
import { refusalsByPath } from "./refusals.ts";

export interface SchemaFormState {
  readonly fields: readonly FormField[];
  readonly draft: Draft;
  readonly problems: ReadonlyMap<string, FieldProblem>;
  /** Paths somebody has typed in: an empty field is not called missing before. */
  readonly touched: ReadonlySet<string>;
  /** The core's word on a field, by its path, until that field is changed. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly isNew: boolean;
  /** What saving would send; sound only while there are no problems. */
  readonly changes: Params;
  set(path: string, value: DraftValue): void;
  refuse(details: readonly FaultDetail[]): void;
  /** Back to what is stored. */
  reset(): void;
}

interface FormSource {
  readonly schema: unknown;
  /** null: nothing is stored yet. */
  readonly stored: Params | null;
  /** Parameters that are asked for elsewhere on the page. */
  readonly omitted?: readonly string[];
}

interface Edits {
  readonly draft: Draft;
  readonly touched: ReadonlySet<string>;
}

const NO_PARAMS: Params = {};
const NO_REFUSALS: ReadonlyMap<string, string> = new Map();
const NONE_OMITTED: readonly string[] = [];
const NOTHING_TOUCHED: ReadonlySet<string> = new Set();

/** A form over a driver's parameters. Until somebody types it shows what is stored, also when that changes. */
export function useSchemaForm({ schema, stored, omitted = NONE_OMITTED }: FormSource): SchemaFormState {
  const wording = useWording();
  const [edits, setEdits] = useState<Edits | null>(null);
  const [refusals, setRefusals] = useState(NO_REFUSALS);
  const isNew = stored === null;
  const base = stored ?? NO_PARAMS;
  const fields = useMemo(
    () => fieldsFrom(schema).filter(({ name }) => !omitted.includes(name)),
    [schema, omitted],
  );
  const pristine = useMemo(() => draftFrom(fields, base, wording), [fields, base, wording]);
  const draft = edits?.draft ?? pristine;
  const touched = edits?.touched ?? NOTHING_TOUCHED;
  return {
    fields,
    draft,
    problems: useMemo(() => problemsIn(fields, draft, { ...wording, isNew }), [fields, draft, wording, isNew]),
    touched,
    refusals,
    isNew,
    changes: useMemo(
      () => changedParams(paramsFrom({ fields, stored: base }, draft, wording), base),
      [fields, base, draft, wording],
    ),
    set: (path, value) => {
      setEdits({ draft: withValue(draft, path.split("."), value), touched: new Set(touched).add(path) });
      setRefusals((was) => new Map([...was].filter(([refused]) => refused !== path)));
    },
    refuse: (details) => setRefusals(refusalsByPath(details)),
    reset: () => {
      setEdits(null);
      setRefusals(NO_REFUSALS);
    },
  };
}

function useWording(): Wording {
  const { i18n } = useTranslation();
  const temperatureUnit = usePreferences((p) => p.temperatureUnit);
  return useMemo(() => ({ language: i18n.language, temperatureUnit }), [i18n.language, temperatureUnit]);
}

function withValue(draft: Draft, [name = "", ...rest]: readonly string[], value: DraftValue): Draft {
  if (rest.length === 0) return { ...draft, [name]: value };
  const inner = draft[name];
  return { ...draft, [name]: withValue(isDraft(inner) ? inner : {}, rest, value) };
}
