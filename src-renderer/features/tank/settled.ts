import { createContext, useContext } from "react";

/** Whether the page has shown its values and had nothing else to do: what only illustrates them comes then. */
export const SettledContext = createContext(false);

export function useIsSettled(): boolean {
  return useContext(SettledContext);
}
