import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

/* The floor of B17 and B18: what React itself costs. */
const app = document.getElementById("app");
if (app === null) throw new Error("the page has no element with the id `app`");
createRoot(app).render(
  <StrictMode>
    <main id="blank">Blank</main>
  </StrictMode>,
);
