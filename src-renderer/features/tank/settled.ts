import { createContext, useContext, useEffect, useState, useTransition } from "react";
import { whenIdle } from "../../stores/when-idle.ts";

/** Whether the page has shown its values and had nothing else to do: what only illustrates them comes then. */
export const SettledContext = createContext(false);

export function useIsSettled(): boolean {
  return useContext(SettledContext);
}

/** @returns false until the first screen is there; what follows is drawn in steps that let a touch through */
export function useSettling(): boolean {
  const [isSettled, setSettled] = useState(false);
  const [, startTransition] = useTransition();
  useEffect(() => whenIdle(() => startTransition(() => setSettled(true))), []);
  return isSettled;
}
