import { describe, expect, onTestFinished, test } from "vitest";
import { until } from "#tests/headless-host.ts";
import { hasSystemd, SystemdMachine } from "#tests/systemd-machine.ts";

/** Short, so that a test need not wait for the unit's own 30 s. */
const WATCHDOG_S = 4;
const isPossible = hasSystemd();

describe.skipIf(!isPossible)(
  `the shipped unit under the real systemd${isPossible ? "" : " [not here by nature]"}`,
  () => {
    async function machine(): Promise<SystemdMachine> {
      const started = await SystemdMachine.start(WATCHDOG_S);
      onTestFinished(() => started.dispose());
      return started;
    }

    const isHealthy = async (url: string) => (await fetch(`${url}/health`)).status === 200;

    test("a main loop that hangs is ended by the watchdog and started again in under 10 s, the heater off first (Failsafe state)", async () => {
      const tank = await machine();
      await tank.running(0, 30_000);
      await until("the heater to heat", 15_000, async () =>
        /"name":"Heater","levelPct":100/.test(await tank.stderr()) ? true : undefined,
      );
      const before = (await tank.stderr()).length;
      await tank.hangMainLoop();
      await until("the watchdog", (WATCHDOG_S + 5) * 1_000, async () =>
        (await tank.unit()).restarts === 1 ? true : undefined,
      );
      await tank.running(1, 10_000);
      const url = await until("the second ready line", 5_000, async () => (await tank.urls())[1]);
      expect(await isHealthy(url)).toBe(true);
      const driven = (await tank.stderr()).slice(before).match(/"name":"Heater","levelPct":\d+/g);
      expect(driven?.[0]).toBe('"name":"Heater","levelPct":0');
    });

    test("killed three times it is started again each time; told to stop it ends well and stays down (Power cut)", async () => {
      const tank = await machine();
      for (let restarts = 0; restarts < 3; restarts += 1) {
        const { mainPid } = await tank.running(restarts, 30_000);
        await tank.inside("kill", "-KILL", String(mainPid));
      }
      await tank.running(3, 30_000);
      await tank.inside("systemctl", "stop", "bellas-reef");
      expect(await tank.unit()).toMatchObject({ active: "inactive", result: "success", mainPid: 0 });
      expect(await tank.stderr()).toContain('"stopped"');
    });
  },
);
