import { app, dialog, Menu, type MenuItemConstructorOptions, nativeImage, Tray } from "electron";
import type { AlarmState } from "#contract/alarms.ts";
import type { ApiServices } from "../api/context.ts";
import type { Cancel, Logger } from "../platform/ports.ts";
import type { Words } from "./words.ts";

/** As the record names who engaged the emergency stop from here: whoever sits at the machine. */
const ACTOR = "desktop tray";
const ICON_PX = 22;
const STANDING: readonly AlarmState[] = ["unacknowledged", "acknowledged", "latched"];

interface TrayParts {
  readonly icon: string;
  readonly words: Words;
  readonly log: Logger;
  readonly keepsRunning: () => boolean;
  setKeepsRunning(value: boolean): void;
  show(): void;
}

/** The tank's state in the desktop's notification area: one line in words, and the emergency stop. */
export class TankTray {
  readonly #parts: TrayParts;
  #tray: Tray | null = null;
  #services: ApiServices | null = null;
  #headline = "";
  #drawn = "";
  #cancel: Cancel = () => undefined;

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  /** False where this desktop has no notification area, as far as one can know. */
  get isThere(): boolean {
    return this.#tray !== null;
  }

  start(): void {
    const { icon, words, log, show } = this.#parts;
    try {
      const image = nativeImage.createFromPath(icon).resize({ width: ICON_PX, height: ICON_PX });
      this.#tray = new Tray(image);
      this.#tray.on("click", show);
      this.headline(words.starting);
    } catch (error) {
      log.warn({ error }, "this desktop shows no tray");
    }
  }

  /** One line about a tank that is not this process'. */
  headline(text: string): void {
    this.#headline = text;
    this.#draw();
  }

  /** Follows the core's health, its alarms and its emergency stop. */
  follow(services: ApiServices): void {
    this.#services = services;
    const draw = () => this.#draw();
    // Alarms are judged many times before one stands or ends.
    const drawIfOther = () => this.#line() !== this.#drawn && this.#draw();
    const cancels = [
      services.system.onHealthChange(draw),
      services.outputs.onEmergencyStopChange(draw),
      services.alarms.onChange(drawIfOther),
    ];
    this.#cancel = () => {
      for (const cancel of cancels) cancel();
    };
    draw();
  }

  stop(): void {
    this.#cancel();
    this.#tray?.destroy();
    this.#tray = null;
  }

  /** The worst alarm that stands, or how the controller is. */
  #line(): string {
    const { words } = this.#parts;
    if (this.#services === null) return this.#headline;
    const { alarms, system } = this.#services;
    const worst = alarms.standing().find(({ state, priority }) => STANDING.includes(state) && priority !== "low");
    return worst === undefined ? words.status[system.health().status] : words.alarm(worst.name);
  }

  #draw(): void {
    const line = this.#line();
    this.#drawn = line;
    this.#tray?.setToolTip(`Bella's Reef: ${line}`);
    this.#tray?.setContextMenu(Menu.buildFromTemplate([{ label: line, enabled: false }, ...this.#items()]));
  }

  #items(): MenuItemConstructorOptions[] {
    const { words, show, keepsRunning, setKeepsRunning } = this.#parts;
    const services = this.#services;
    const stop: MenuItemConstructorOptions[] =
      services === null
        ? []
        : services.outputs.emergencyStop().isActive
          ? // Released in the app, by somebody who signed in: everything moves again.
            [{ label: words.emergencyStopHolds, click: show }]
          : [{ label: words.emergencyStop, click: () => void this.#askToStop(services) }];
    return [
      { type: "separator" },
      { label: words.show, click: show },
      ...stop,
      { type: "separator" },
      {
        label: words.keepRunning,
        type: "checkbox",
        checked: keepsRunning(),
        click: ({ checked }) => setKeepsRunning(checked),
      },
      { label: words.quit, click: () => app.quit() },
    ];
  }

  /** Without a sign-in: who sits here may also quit the program, which makes the outputs just as safe. */
  async #askToStop({ outputs }: ApiServices): Promise<void> {
    const { words, log } = this.#parts;
    const { response } = await dialog.showMessageBox({
      type: "warning",
      message: words.emergencyStopQuestion,
      detail: words.emergencyStopDetail,
      buttons: [words.emergencyStop.replace(" …", ""), words.cancel],
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 0) return;
    await outputs
      .engageEmergencyStop(ACTOR)
      .catch((error: unknown) => log.error({ error }, "the emergency stop from the tray failed"));
  }
}
