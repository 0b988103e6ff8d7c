import { fileURLToPath } from "node:url";
import type { ProgramFiles } from "./ports.ts";

/**
 * Where this program's other files are, seen from its entry: beside the bundle in `out/main`, or in the source tree.
 * @param entryUrl `import.meta.url` of a module of the host
 */
export function programFiles(entryUrl: string): ProgramFiles {
  const isSource = entryUrl.endsWith(".ts");
  const at = (bundled: string, source: string): URL => new URL(isSource ? source : bundled, entryUrl);
  const pathOf = (bundled: string, source: string): string => fileURLToPath(at(bundled, source));
  return {
    localStoreWorker: at("./local-store-worker.js", "../local-store/worker.ts"),
    fileBusChild: at("./file-bus-child.js", "../hardware/buses/file-bus-child.ts"),
    whatIfWorker: at("./what-if-worker.js", "../what-if/worker.ts"),
    migrationsDir: pathOf("./migrations", "../storage/migrations"),
    rendererDir: pathOf("../renderer", "../../out/renderer"),
    docsUiDir: pathOf("../docs-ui", "../../out/docs-ui"),
  };
}
