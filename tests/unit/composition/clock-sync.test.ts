import { expect, test } from "vitest";
import { THIS_MACHINE } from "#main/composition/clock-minders.ts";
import { ClockSync } from "#main/composition/clock-sync.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";

const NOW_MS = Date.UTC(2026, 5, 1);
const TIMESYNC = "/run/systemd/timesync/synchronized";
const CHRONY = "/run/chrony/chronyd.pid";
/** `chronyc -n -c tracking`, as printed by chrony 4.3. */
const tracking = (leap: string) =>
  `C0A80101,192.168.1.1,3,1748736000.1,0.00001,0.00001,0.00002,-12.3,0.001,0.02,0.01,0.002,64.2,${leap}\n`;
const timedated = (ntp: "yes" | "no", synchronized: "yes" | "no") =>
  `NTP=${ntp}\nNTPSynchronized=${synchronized}\n`;

/** A machine with these files, on which these programs print this. */
async function syncOn(files: Set<string>, programs: Map<string, string>, startMs = NOW_MS) {
  const clock = new VirtualClock(startMs);
  const asked: string[] = [];
  const sync = new ClockSync({
    clock,
    machine: {
      exists: async (path) => files.has(path),
      run: async (program) => {
        asked.push(program);
        return programs.get(program) ?? null;
      },
    },
  });
  await sync.start();
  return { clock, sync, asked };
}

test("a clock that nobody minds is believed, unless it is older than this program", async () => {
  expect((await syncOn(new Set(), new Map())).sync.isSynchronized()).toBe(true);
  expect((await syncOn(new Set(), new Map(), 0)).sync.isSynchronized()).toBe(false);
  const unminded = await syncOn(new Set(), new Map([["timedatectl", timedated("no", "no")]]));
  expect(unminded.sync.isSynchronized()).toBe(true);
});

test("systemd-timesyncd's own file is enough, and nobody else is asked then", async () => {
  const { sync, asked } = await syncOn(new Set([TIMESYNC]), new Map());
  expect(sync.isSynchronized()).toBe(true);
  expect(asked).toEqual([]);
});

test("where timedated cannot say, timesyncd that has not set the clock yet is waited for", async () => {
  expect((await syncOn(new Set(["/run/systemd/timesync"]), new Map())).sync.isSynchronized()).toBe(false);
});

test("a clock that a service minds is believed once the kernel says that it was set, and from then on", async () => {
  const programs = new Map([["timedatectl", timedated("yes", "no")]]);
  const { clock, sync, asked } = await syncOn(new Set(), programs);
  expect(sync.isSynchronized()).toBe(false);
  programs.set("timedatectl", timedated("yes", "yes"));
  await clock.advance(5_000);
  expect(sync.isSynchronized()).toBe(true);
  programs.set("timedatectl", timedated("yes", "no"));
  await clock.advance(600_000);
  expect(sync.isSynchronized()).toBe(true);
  expect(asked).toHaveLength(2);
});

test("a machine with chrony alone is not believed before chrony is synchronized, nor while it does not answer", async () => {
  const programs = new Map([["chronyc", tracking("Not synchronised")]]);
  const { clock, sync } = await syncOn(new Set([CHRONY]), programs);
  expect(sync.isSynchronized()).toBe(false);
  programs.delete("chronyc");
  await clock.advance(5_000);
  expect(sync.isSynchronized()).toBe(false);
  programs.set("chronyc", tracking("Normal"));
  await clock.advance(5_000);
  expect(sync.isSynchronized()).toBe(true);
});

test("chrony is believed where the kernel gave up counting its error", async () => {
  const programs = new Map([
    ["timedatectl", timedated("yes", "no")],
    ["chronyc", tracking("Normal")],
  ]);
  expect((await syncOn(new Set([CHRONY]), programs)).sync.isSynchronized()).toBe(true);
});

test("one who begins to mind the clock later is heard, and nobody is asked after the end", async () => {
  const programs = new Map<string, string>();
  const { clock, sync, asked } = await syncOn(new Set(), programs);
  programs.set("timedatectl", timedated("yes", "no"));
  await clock.advance(60_000);
  expect(sync.isSynchronized()).toBe(false);
  await sync.stop();
  const before = asked.length;
  await clock.advance(60_000);
  expect(asked).toHaveLength(before);
});

test("an end while it asks is its end", async () => {
  const clock = new VirtualClock(NOW_MS);
  let asked = 0;
  const run = async () => {
    asked += 1;
    return null;
  };
  const sync = new ClockSync({ clock, machine: { exists: async () => false, run } });
  const starting = sync.start();
  await sync.stop();
  await starting;
  await clock.advance(600_000);
  expect(asked).toBe(1);
});

test("on this machine it answers, whatever there is", async () => {
  const sync = new ClockSync({ clock: new VirtualClock(NOW_MS) });
  await sync.start();
  expect(typeof sync.isSynchronized()).toBe("boolean");
  await sync.stop();
  expect(await THIS_MACHINE.run("echo", ["2"])).toBe("2\n");
  expect(await THIS_MACHINE.run("there-is-no-such-program", [])).toBeNull();
});
