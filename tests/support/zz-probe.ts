import { launchApp, stopDisplay } from "./launch-app.ts";
import { ApiClient } from "./api-client.ts";
import { walkTheJourney, withoutPauses } from "./keepers-journey.ts";
import { SessionPages } from "./pages/session-pages.ts";
import { visitorOf } from "./pages/visitor.ts";
import { W1Tree } from "./w1-tree.ts";
const t0 = performance.now();
const say = (...a: unknown[]) => console.log(((performance.now() - t0) / 1000).toFixed(1), ...a);
const [runtime, hand, kiosk, size = "1280x800"] = process.argv.slice(2) as any[];
const [width, height] = size.split("x").map(Number);
const app = await launchApp({ runtime, viewport: { width, height }, args: kiosk === "kiosk" && runtime === "electron" ? ["--kiosk"] : [] });
say("launched", app.runtime);
if (kiosk === "kiosk" && runtime === "chromium") await app.page.goto(`${app.url}/?kiosk=1`);
const tree = await W1Tree.lay();
app.page.on("console", (m) => say("CONSOLE", m.type(), m.text()));
app.page.on("pageerror", (m) => say("PAGEERROR", m.message));
try {
  const v = await visitorOf(app.page, hand);
  const spoken = { page: v.page, hand: { name: v.hand.name,
    press: async (t: any) => { await v.hand.press(t); say("press", String(t).slice(0, 150)); },
    hold: async (t: any, d: any) => { await v.hand.hold(t, d); say("hold", String(t)); },
    type: async (t: any, x: any) => { await v.hand.type(t, x); say("type", String(t), x); } } };
  await new SessionPages(spoken).signIn();
  await withoutPauses(await ApiClient.signedIn(app));
  await walkTheJourney(spoken, { tree, romId: "28-00000a1b2c3d" });
  say("done");
} catch (e) {
  say(e);
  await app.page.screenshot({ path: "/tmp/jn/fail.png" });
} finally { await app.stop(); await stopDisplay(); await tree.remove(); }
