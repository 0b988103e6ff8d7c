import { type JSX, type ReactNode, useEffect, useState } from "react";
import { whenIdle } from "../stores/when-idle.ts";

/** Shows its content as soon as the page has nothing more urgent to do: what is dear to make and not what is looked at first. */
export function WhenIdle({ children }: { readonly children: ReactNode }): JSX.Element | null {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    whenIdle(() => setIdle(true));
  }, []);
  return isIdle ? <>{children}</> : null;
}
