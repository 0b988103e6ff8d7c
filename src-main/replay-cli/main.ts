import module from "node:module";

module.enableCompileCache?.();
const { replayCommand } = await import("./replay-command.ts");
process.exitCode = await replayCommand(process.argv.slice(2));
