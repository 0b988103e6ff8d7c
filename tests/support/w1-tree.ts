import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { crc8 } from "#main/hardware/drivers/ds18b20/crc8.ts";

/** Scratchpad bytes 0 to 7 of a DS18B20 at `celsius`: alarm bytes as sold, byte 6 as after a conversion. */
export function scratchpadAt(celsius: number, resolutionBits = 12): readonly number[] {
  const raw = Math.round(celsius * 16) & 0xffff;
  const low = raw & 0xff;
  return [low, raw >> 8, 0x4b, 0x46, 0x1f | ((resolutionBits - 9) << 5), 0xff, 0x10 - (low & 0x0f), 0x10];
}

/** `w1_slave` as drivers/w1/slaves/w1_therm.c writes it. @param data bytes 0 to 7 */
export function w1SlaveText(data: readonly number[], milliC: number): string {
  const crc = crc8(data);
  const bytes = [...data, crc].map(hex).join(" ");
  return `${bytes} : crc=${hex(crc)} YES\n${bytes} t=${milliC}\n`;
}

const hex = (byte: number) => byte.toString(16).padStart(2, "0");

interface LaidSlave {
  readonly celsius?: number;
  /** Files the kernel or the family lacks. */
  readonly without?: readonly string[];
}

/** A 1-wire tree as sysfs shows one: devices below their master, symlinks to them below `root`. */
export class W1Tree {
  readonly root: string;
  readonly #top: string;
  readonly #master: string;

  private constructor(top: string) {
    this.#top = top;
    this.root = join(top, "sys/bus/w1/devices");
    this.#master = join(top, "sys/devices/w1_bus_master1");
  }

  static async lay(): Promise<W1Tree> {
    const tree = new W1Tree(await mkdtemp(join(tmpdir(), "w1-tree-")));
    await mkdir(tree.root, { recursive: true });
    await mkdir(join(tree.#master, "power"), { recursive: true });
    const files = {
      w1_master_name: "w1_bus_master1\n",
      w1_master_slave_count: "0\n",
      w1_master_slaves: "not found.\n",
      w1_master_timeout: "10\n",
      therm_bulk_read: "0\n",
      uevent: "DRIVER=w1_master_driver\n",
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(tree.#master, name), text);
    await symlink("../../../devices/w1_bus_master1", join(tree.root, "w1_bus_master1"));
    return tree;
  }

  async addSlave(romId: string, { celsius = 25.5, without = [] }: LaidSlave = {}): Promise<void> {
    const folder = join(this.#master, romId);
    await mkdir(join(folder, "hwmon"), { recursive: true });
    const files = {
      name: `${romId}\n`,
      uevent: `DRIVER=w1_slave_driver\nW1_FID=${romId.slice(0, 2).toUpperCase()}\nW1_SLAVE_ID=${romId.slice(3).padStart(24, "0")}\n`,
      alarms: "70 75\n",
      conv_time: "750\n",
      ext_power: "1\n",
      features: "0\n",
      resolution: "12\n",
      temperature: `${Math.trunc(celsius * 1_000)}\n`,
      w1_slave: w1SlaveText(scratchpadAt(celsius), Math.trunc(celsius * 1_000)),
    };
    for (const [name, text] of Object.entries(files)) {
      if (!without.includes(name)) await writeFile(join(folder, name), text);
    }
    await symlink(`../../../devices/w1_bus_master1/${romId}`, join(this.root, romId));
  }

  async removeSlave(romId: string): Promise<void> {
    await unlink(join(this.root, romId));
    await rm(join(this.#master, romId), { recursive: true });
  }

  pathOf(romId: string, file: string): string {
    return join(this.#master, romId, file);
  }

  async write(romId: string, file: string, text: string): Promise<void> {
    await rm(this.pathOf(romId, file), { force: true });
    await writeFile(this.pathOf(romId, file), text);
  }

  /** A read of it never comes back, as of a slave on a bus whose driver waits for ever: nobody writes into this pipe. */
  async hang(romId: string, file: string): Promise<void> {
    await rm(this.pathOf(romId, file), { force: true });
    await makePipe(this.pathOf(romId, file));
  }

  async remove(): Promise<void> {
    await rm(this.#top, { recursive: true, force: true });
  }
}

/** A named pipe: opening it for reading waits for a writer. */
export async function makePipe(path: string): Promise<void> {
  await promisify(execFile)("mkfifo", [path]);
}
