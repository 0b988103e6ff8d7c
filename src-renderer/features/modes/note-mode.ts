import type { ModeConfig } from "#contract/modes.ts";
import { withChanges } from "../../stores/mirror.ts";
import { useTank } from "../../stores/tank.ts";

/** What was just saved is shown before the core tells of it. */
export function noteMode(id: string, mode: ModeConfig | null): void {
  useTank.setState((tank) => ({ modes: withChanges<string, ModeConfig>(tank.modes, [[id, mode]]) }));
}
