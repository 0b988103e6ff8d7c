/** Of this program, as package.json says; put in by the build, `0.0.0-source` when run from source. */
export const VERSION: string = typeof __REEF_VERSION__ === "undefined" ? "0.0.0-source" : __REEF_VERSION__;

declare const __REEF_VERSION__: string | undefined;
