import { expect, test } from "vitest";
import type { Configuration } from "#contract/configuration.ts";
import { every } from "#main/platform/timing.ts";
import { OurCore } from "#main/simulate-cli/contestants/our-core.ts";
import { House } from "#main/simulate-cli/machine/house.ts";
import { ALL_FITTED, paramsFor, survivalTank } from "#main/simulate-cli/machine/survival-tank.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The tank under test with a dose on every hour of Berlin's clock; what dosing does not look at is asked once a minute. */
function hourly({ channels, loops, ...rest }: Configuration): Configuration {
  const isSlow = (key: string) => !["ph", "return-flow", "doser-power"].includes(key);
  return {
    ...rest,
    channels: channels.map((c) => (c.kind === "sensor" && isSlow(c.key) ? { ...c, pollIntervalS: 60 } : c)),
    loops: loops.flatMap((loop) => (loop.type === "doser" ? [{ ...loop, dosesPerDay: 24 }] : [])),
  };
}

/** Runs three hours from then on. @returns when each dose began, s after the start by a clock that never steps */
async function dosesFrom(startMs: number, meanwhile: (house: House) => Promise<void>): Promise<number[]> {
  const house = new House({ params: paramsFor(ALL_FITTED, 1), startMs });
  await new OurCore(house, hourly(survivalTank(ALL_FITTED, house, startMs))).start();
  const begun: number[] = [];
  let wasOn = false;
  every(house.clock, 500, () => {
    const isOn = house.levelOf("doser-alkalinity") > 0;
    if (isOn && !wasOn) begun.push(Math.floor(house.clock.monotonicMs() / 1_000));
    wasOn = isOn;
  });
  await meanwhile(house);
  await house.clock.advance(3 * HOUR_MS - house.clock.monotonicMs());
  return begun;
}

/** None twice, and none soon after another to make up for it. */
function expectSpread(begun: readonly number[]): void {
  for (const [i, atS] of begun.slice(1).entries()) expect(atS - (begun[i] ?? 0)).toBeGreaterThan(45 * 60);
}

// Europe/Berlin: on 29 March 2026 2:00 becomes 3:00, on 25 October 2026 3:00 becomes 2:00; both at 1:00 UTC.
test.each([
  ["spring", Date.UTC(2026, 2, 29, 0, 30)],
  ["autumn", Date.UTC(2026, 9, 24, 23, 30)],
])(
  "over the clock change of %s no dose is given twice",
  async (_, startMs) => {
    const begun = await dosesFrom(startMs, async () => undefined);
    expectSpread(begun);
    expect(begun.length).toBeGreaterThanOrEqual(2);
    expect(begun.length).toBeLessThanOrEqual(4);
  },
  120_000,
);

test.each([
  ["forward", HOUR_MS],
  ["back", -HOUR_MS],
])(
  "a clock that steps an hour %s gives no dose twice",
  async (_, byMs) => {
    const begun = await dosesFrom(Date.UTC(2026, 0, 15, 8, 30), async (house) => {
      await house.clock.advance(HOUR_MS + 31_000);
      house.wall.step(byMs);
    });
    expectSpread(begun);
    expect(begun.length).toBeGreaterThanOrEqual(2);
  },
  120_000,
);
