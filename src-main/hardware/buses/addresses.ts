import { isAbsolute, join, resolve } from "node:path";
import { ReefFault } from "#contract/errors.ts";
import type { OneWireAddress } from "../ports.ts";

/** Family code and serial number as the kernel's w1 core names a slave. */
export const ROM_ID = /^[0-9a-f]{2}-[0-9a-f]{12}$/;
const ATTRIBUTE = /^[a-z][a-z0-9_]{0,63}$/;

/** @returns `path` itself @throws ReefFault invalid unless it is absolute, without `..`, and printable */
export function checkedPath(path: string): string {
  if (!isAbsolute(path) || resolve(path) !== path || path.includes("\0")) {
    throw new ReefFault("invalid", `A bus file needs an absolute path without "..", not ${JSON.stringify(path)}`);
  }
  return path;
}

/** @returns `<root>/<romId>/<file>` @throws ReefFault invalid */
export function slavePath({ root, romId, file }: OneWireAddress): string {
  if (!ROM_ID.test(romId)) {
    throw new ReefFault("invalid", `A 1-wire ROM id looks like 28-00000a1b2c3d, not ${JSON.stringify(romId)}`);
  }
  if (!ATTRIBUTE.test(file)) {
    throw new ReefFault("invalid", `A 1-wire slave has no file ${JSON.stringify(file)}; use one such as w1_slave`);
  }
  return join(checkedPath(root), romId, file);
}
