import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** What a page script became, as the app's own pages are built: minified, for the same browsers. */
export interface PageBundle {
  /** One classic script. */
  readonly script: string;
  /** Empty where it has none. */
  readonly styles: string;
}

/** Bundles a script of tests/ui/bench into text, to be evaluated in a page. @param name without its ending */
export async function bundlePage(name: string): Promise<PageBundle> {
  const built = await build({
    configFile: false,
    root: ROOT,
    logLevel: "error",
    plugins: [react()],
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    build: {
      write: false,
      target: "chrome130",
      minify: true,
      lib: { entry: `${ROOT}tests/ui/bench/${name}`, formats: ["iife"], name: "bench", fileName: "page" },
    },
  });
  const results = Array.isArray(built) ? built : [built];
  const files = results.flatMap((result) => ("output" in result ? result.output : []));
  const script = files.flatMap((file) => (file.type === "chunk" ? [file.code] : [])).join("\n");
  const styles = files.flatMap((file) =>
    file.type === "asset" && file.fileName.endsWith(".css") ? [String(file.source)] : [],
  );
  return { script, styles: styles.join("\n") };
}
