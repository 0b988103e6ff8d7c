/** What a frame may spend on painting, ms: the rest of it belongs to the page. What does not fit comes a frame later. */
const BUDGET_MS = 4;

type Paint = () => void;

/** Each is painted once a frame at most, however often it was asked for. */
const due = new Set<Paint>();
let isFrameAwaited = false;

export function paintSoon(paint: Paint): void {
  due.add(paint);
  awaitFrame();
}

export function forgetPaint(paint: Paint): void {
  due.delete(paint);
}

function flush(): void {
  isFrameAwaited = false;
  const untilMs = performance.now() + BUDGET_MS;
  for (const paint of due) {
    due.delete(paint);
    paint();
    if (performance.now() >= untilMs) break;
  }
  if (due.size > 0) awaitFrame();
}

function awaitFrame(): void {
  if (isFrameAwaited) return;
  isFrameAwaited = true;
  requestAnimationFrame(flush);
}
