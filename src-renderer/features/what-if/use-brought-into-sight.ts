import { type RefObject, useEffect } from "react";

/** An answer may come out of sight, below its question or beside the top of a long one: the page moves to it once. */
export function useBroughtIntoSight(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const { top, bottom } = current.getBoundingClientRect();
    if (top < 0 || bottom > window.innerHeight) current.scrollIntoView({ block: "start" });
  }, [element]);
}
