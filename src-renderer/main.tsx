import "./zod-without-eval.ts";
import "./theme/tokens.css";
import "./theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { StatusPage } from "./features/status/status-page.tsx";
import { followSystemTheme } from "./theme/follow-system-theme.ts";

const app = document.getElementById("app");
if (app === null) throw new Error("index.html has no element with the id `app`");

followSystemTheme();
createRoot(app).render(
  <StrictMode>
    <StatusPage />
  </StrictMode>,
);
