import { useState } from "react";
import { type AskedSpan, askedFor, serves } from "./asked-span.ts";
import { tankNowMs } from "./tank-now.ts";
import type { View } from "./view.ts";

/** What to fetch for a view; the same object as long as that serves. */
export function useAsked(view: View): AskedSpan {
  const [asked, setAsked] = useState(() => askedFor(view, tankNowMs()));
  if (serves(asked, view, tankNowMs())) return asked;
  const next = askedFor(view, tankNowMs());
  setAsked(next);
  return next;
}
