import "./without-eval.ts";
import { HeadStart } from "./api/head-start.ts";
import { lineTo } from "./api/line-to.ts";
import { targetOf } from "./api/target.ts";
import { keptToken } from "./stores/kept-sign-in.ts";

/** A core that takes longer to let us in must not keep its page back. */
const PATIENCE_MS = 100;

// The page's first and smallest file: the core is asked while the browser still reads the program, and answers while it
// evaluates it, when the page could not ask.
const target = targetOf(location, window.reefPipe !== undefined);
const headStart = new HeadStart(target, lineTo(target));
const impatience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
// No `await` of the module's own: the program uses this file, and would wait for its end.
void Promise.race([headStart.begin(() => keptToken(target)), impatience])
  .then(() => {
    const program = import("./main.tsx");
    readWritingData();
    return program;
  })
  .then(({ startApp }) => startApp(headStart));

/**
 * The first number that a page writes takes a browser 20 ms, for the world's ways of writing are read then: better while
 * there is only to wait, for the program and for the core, than between their answer and the first picture.
 */
function readWritingData(): void {
  new Intl.NumberFormat().format(0);
}
