import type { TankSettings, TankSettingsPatch } from "#contract/settings.ts";
import type { Cancel } from "../platform/ports.ts";
import type { ConfigurationKeeper } from "./configuration-keeper.ts";
import type { TankSettingsService } from "./ports.ts";
import { refuseSpill } from "./top-off-fits.ts";

/** What a keeper may say of the tank as a whole. */
export class TankProfile implements TankSettingsService {
  readonly #keeper: ConfigurationKeeper;

  constructor(keeper: ConfigurationKeeper) {
    this.#keeper = keeper;
  }

  get(): TankSettings {
    return this.#keeper.current().tank;
  }

  async update(patch: TankSettingsPatch): Promise<TankSettings> {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) return this.get();
    await this.#keeper.change((current) => {
      const next = { ...current, tank: { ...current.tank, ...given } };
      refuseSpill(next, current);
      return next;
    });
    return this.get();
  }

  onChange(listener: (next: TankSettings) => void): Cancel {
    return this.#keeper.onChange(({ tank }, previous) => {
      if (tank !== previous.tank) listener(tank);
    });
  }
}
