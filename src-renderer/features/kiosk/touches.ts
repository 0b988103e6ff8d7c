/** Signs of somebody at the screen. */
const TOUCHES = ["pointerdown", "keydown", "wheel"] as const;

/** @param onTouch told of each, before whatever it hits @returns stops listening */
export function whenTouched(onTouch: () => void): () => void {
  for (const kind of TOUCHES) addEventListener(kind, onTouch, { capture: true, passive: true });
  return () => {
    for (const kind of TOUCHES) removeEventListener(kind, onTouch, { capture: true });
  };
}

/** @param afterMs without a touch, then `onIdle`; each touch begins the wait anew @returns stops waiting */
export function whenIdle(afterMs: number, onIdle: () => void): () => void {
  let timer = setTimeout(onIdle, afterMs);
  const cancel = whenTouched(() => {
    clearTimeout(timer);
    timer = setTimeout(onIdle, afterMs);
  });
  return () => {
    clearTimeout(timer);
    cancel();
  };
}
