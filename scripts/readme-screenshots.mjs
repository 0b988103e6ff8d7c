// Copies the pictures that the README shows from the last test run into docs/screenshots/.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

if (process.argv.includes("--help")) {
  console.log(
    "node scripts/readme-screenshots.mjs   docs/screenshots/ anew, from what `npm run test:e2e` left in test-results/",
  );
  process.exit(0);
}

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const FROM = "test-results/screenshots/chromium";
const TO = "docs/screenshots";
/** What the README shows. */
const SHOWN = ["tank-1280x800.png", "channel-1280x800.png", "kiosk-1024x600.png", "tank-390x844.png"];

const missing = SHOWN.filter((name) => !existsSync(join(FROM, name)));
if (missing.length > 0) {
  console.error(`${FROM} lacks ${missing.join(", ")}: run npm run test:e2e first`);
  process.exit(1);
}
mkdirSync(TO, { recursive: true });
for (const name of SHOWN) copyFileSync(join(FROM, name), join(TO, name));
console.log(`${SHOWN.length} pictures are in ${TO}`);
