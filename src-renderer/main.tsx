import "@fontsource-variable/inter/index.css";
import "./theme/latin-font.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { HeadStart } from "./api/head-start.ts";
import { App } from "./features/shell/app.tsx";
import { startI18n } from "./i18n/i18n.ts";
import { core } from "./stores/core.ts";
import { firstKnown } from "./stores/first-known.ts";
import { startClock } from "./stores/now.ts";
import { whenIdle } from "./stores/when-idle.ts";
import { followTheme } from "./theme/follow-theme.ts";
import { showPageIcon } from "./theme/page-icon.ts";

/** @param headStart the wait for the core, which began before this program was there */
async function startApp(headStart: HeadStart): Promise<void> {
  const app = document.getElementById("app");
  if (app === null) throw new Error("index.html has no element with the id `app`");
  followTheme();
  startClock();
  core.start(headStart);
  // Drawn once with what is known, rather than empty first and then three times over.
  await Promise.all([startI18n(), firstKnown()]);
  createRoot(app).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  whenIdle(showPageIcon);
}

void startApp(window.reefHeadStart);
