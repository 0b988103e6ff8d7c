import type { AlarmEvent, AlarmStatistics } from "#contract/alarms.ts";
import { instantFrom } from "#contract/time.ts";
import type { AlarmEventPage, AlarmHistoryService } from "#main/alarms/ports.ts";

/** Events in a list, and figures of nothing. */
export class FakeAlarmHistory implements AlarmHistoryService {
  kept: AlarmEvent[] = [];
  readonly asked: AlarmEventPage[] = [];

  async events(page: AlarmEventPage): ReturnType<AlarmHistoryService["events"]> {
    this.asked.push(page);
    return { items: this.kept.slice(0, page.limit), nextCursor: null };
  }

  async statistics({
    fromMs,
    toMs,
  }: {
    readonly fromMs: number;
    readonly toMs: number;
  }): Promise<AlarmStatistics> {
    return {
      from: instantFrom(fromMs),
      to: instantFrom(toMs),
      raised: 0,
      perDay: 0,
      byPriority: { critical: 0, high: 0, medium: 0, low: 0 },
      standing: [],
      chattering: [],
      floods: [],
      medianAcknowledgeS: null,
      most: [],
      days: [],
    };
  }
}
