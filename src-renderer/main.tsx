import "@fontsource-variable/inter/index.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { targetOf } from "./api/target.ts";
import { App } from "./features/shell/app.tsx";
import { startI18n } from "./i18n/i18n.ts";
import { core } from "./stores/core.ts";
import { startClock } from "./stores/now.ts";
import { followTheme } from "./theme/follow-theme.ts";

const app = document.getElementById("app");
if (app === null) throw new Error("index.html has no element with the id `app`");

followTheme();
startClock();
core.start(targetOf(location, window.reefPipe !== undefined));
await startI18n();
createRoot(app).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
