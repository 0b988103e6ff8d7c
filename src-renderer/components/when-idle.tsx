import { type ReactNode, useEffect, useState, useTransition } from "react";
import { whenIdle } from "../stores/when-idle.ts";

/** @returns false until the page has nothing more urgent to do; what follows is drawn in steps that let a touch through */
export function useHasBeenIdle(): boolean {
  const [hasBeenIdle, setHasBeenIdle] = useState(false);
  const [, startTransition] = useTransition();
  useEffect(() => whenIdle(() => startTransition(() => setHasBeenIdle(true))), []);
  return hasBeenIdle;
}

/** Shows its content then: what is dear to make and not what is looked at first. */
export function WhenIdle({ children }: { readonly children: ReactNode }): ReactNode {
  return useHasBeenIdle() ? children : null;
}
