import { expect, test } from "vitest";
import { instantFrom } from "#contract/time.ts";
import { AcknowledgeDesk } from "#main/notifications/acknowledge-desk.ts";
import { DeliveryBook } from "#main/notifications/delivery-book.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { alarm, alarmId, announcedAlarm, announcement, delivery } from "#tests/builders/announcements.ts";
import { FakeAlarmDesk } from "#tests/fakes/fake-alarm-desk.ts";
import { FakeDeliveryStore } from "#tests/fakes/fake-delivery-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const RAISED_MS = Date.UTC(2026, 5, 1, 12);

/** A message about these alarms, raised at noon, and how each stands now. */
async function linkFor(raisedAtMs: readonly number[]) {
  const alarms = new FakeAlarmDesk();
  const book = new DeliveryBook(new FakeDeliveryStore());
  const told = raisedAtMs.map((_at, index) =>
    announcedAlarm({ alarmId: alarmId(index + 1), name: `Alarm ${index + 1}`, raisedAtMs: RAISED_MS }),
  );
  for (const [index, atMs] of raisedAtMs.entries()) {
    const id = alarmId(index + 1);
    alarms.unacknowledged.add(id);
    alarms.change(alarm({ id, state: "unacknowledged", raisedAt: instantFrom(atMs) }));
  }
  const sent = delivery({ about: announcement({ alarms: told }), state: "sent" });
  await book.add([sent]);
  const clock = new VirtualClock(RAISED_MS + 60_000);
  const desk = new AcknowledgeDesk({
    key: Buffer.alloc(32, 1),
    book,
    alarms,
    clock,
    log: new RecordingLog(),
    targetName: () => "Anna",
  });
  return { alarms, desk, token: desk.tokenFor(sent) };
}

test("an old message's link acknowledges nothing that was raised after it, and says so before and after", async () => {
  const { alarms, desk, token } = await linkFor([RAISED_MS, RAISED_MS + 1_000]);
  expect(desk.look(token).text).toMatch(/Raised again after this message.*«Alarm 2»/);
  const view = await desk.acknowledge(token);
  expect(view).toMatchObject({ state: "acknowledged", heading: "Acknowledged" });
  expect(view.text).toMatch(/^By Anna\. Thank you\. Raised again after this message.*: «Alarm 2»\./);
  expect([...alarms.unacknowledged]).toEqual([alarmId(2)]);
});

test("where everything was raised anew nothing is acknowledged, and the page names what stands", async () => {
  const { alarms, desk, token } = await linkFor([RAISED_MS + 1_000]);
  const view = await desk.acknowledge(token);
  expect(view.heading).toBe("Nothing was left to acknowledge");
  expect(view.text).toMatch(/^Raised again after this message/);
  expect(alarms.acknowledgedBy).toEqual([]);
});

test("a message of the raise that stands says nothing of another", async () => {
  const { alarms, desk, token } = await linkFor([RAISED_MS]);
  expect(desk.look(token).text).not.toContain("Raised again");
  expect(await desk.acknowledge(token)).toMatchObject({ text: "By Anna. Thank you." });
  expect(alarms.acknowledgedBy).toEqual(["Anna"]);
});
