import "./without-eval.ts";
import { HeadStart } from "./api/head-start.ts";
import { lineTo } from "./api/line-to.ts";
import { targetOf } from "./api/target.ts";
import { keptToken } from "./stores/kept-sign-in.ts";

/** A core that takes longer to let us in must not keep its page back. */
const PATIENCE_MS = 100;

// The page's first script, which stands in the page itself: the core is asked while the browser still fetches the program, and
// answers while it evaluates it, when the page could not ask. Built on its own (scripts/page-start.ts): it shares no module with
// the program, only what it leaves on `window`.
const target = targetOf(location, window.reefPipe !== undefined);
const headStart = new HeadStart(target, lineTo(target));
const impatience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
const isAsked = headStart.begin(() => keptToken(target));
window.reefHeadStart = headStart;
void Promise.race([isAsked, impatience]).then(() => import("./main.tsx"));
