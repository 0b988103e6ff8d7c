import { type RefObject, useEffect } from "react";

/** On a narrow screen an answer comes below its question, out of sight: the page moves to it once. */
export function useBroughtIntoSight(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = element;
    if (current !== null && current.getBoundingClientRect().bottom > window.innerHeight)
      current.scrollIntoView({ block: "start" });
  }, [element]);
}
