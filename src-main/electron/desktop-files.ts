import { fileURLToPath } from "node:url";
import { programFiles } from "../composition/program-files.ts";

/** Files of the desktop app, seen from out/main. */
export interface DesktopFiles {
  readonly preload: string;
  readonly icon: string;
  readonly rendererDir: string;
  readonly localStoreWorker: URL;
}

/** @param entryUrl `import.meta.url` of the bundle */
export function desktopFiles(entryUrl: string): DesktopFiles {
  const at = (path: string): string => fileURLToPath(new URL(path, entryUrl));
  const { rendererDir, localStoreWorker } = programFiles(entryUrl);
  return {
    preload: at("../preload/index.cjs"),
    icon: at("../../resources/icon.png"),
    rendererDir,
    localStoreWorker,
  };
}
