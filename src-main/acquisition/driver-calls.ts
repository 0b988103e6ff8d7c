import { isTransient } from "#contract/errors.ts";
import type { DeviceDriver, Sample } from "../hardware/ports.ts";
import type { Clock } from "../platform/ports.ts";
import { withTimeLimit } from "../platform/timing.ts";

type Answers = ReadonlyMap<string, Sample>;

/** No driver may keep a poller waiting for longer, whatever it declares. */
const LONGEST_SAMPLE_MS = 30_000;
/** A call that has not settled by then never will; the device gets another chance. */
const WRITE_OFF_MS = 60_000;

interface Call {
  isSettled: boolean;
}

/** The calls to one driver: each with its time limit, and none beside one that was abandoned and still hangs. */
export class DriverCalls {
  readonly #driver: DeviceDriver;
  readonly #clock: Clock;
  readonly #what: string;
  #abandoned: Call | null = null;
  #abandonedAtMs = 0;

  constructor(driver: DeviceDriver, clock: Clock, what: string) {
    this.#driver = driver;
    this.#clock = clock;
    this.#what = what;
  }

  get driver(): DeviceDriver {
    return this.#driver;
  }

  /** True while an abandoned call has not settled: another would only pile up behind it. */
  isHung(): boolean {
    return this.#abandoned !== null && this.#clock.monotonicMs() - this.#abandonedAtMs < WRITE_OFF_MS;
  }

  /**
   * One sample, and a second try within the same time limit for what failed fast: the whole where the device failed
   * as a whole, else the keys that did not answer.
   * @throws ReefFault bus-timeout, stopping, or what the driver throws
   */
  async sample(keys: readonly string[], signal: AbortSignal): Promise<Answers> {
    const limitMs = Math.min(this.#driver.timeoutMs, LONGEST_SAMPLE_MS);
    const startedMs = this.#clock.monotonicMs();
    const leftMs = () => limitMs - (this.#clock.monotonicMs() - startedMs);
    let first: Answers;
    try {
      first = await this.#call(keys, limitMs, signal);
    } catch (error) {
      if (signal.aborted || !isTransient(error) || leftMs() < limitMs / 2) throw error;
      return this.#call(keys, leftMs(), signal);
    }
    const silent = keys.filter((key) => isSilent(first.get(key)));
    if (silent.length === 0 || leftMs() < limitMs / 2) return first;
    // A second failure changes nothing: the first answers already say which keys are silent, and why.
    const second = await this.#call(silent, leftMs(), signal).catch(() => first);
    return new Map([...first, ...second]);
  }

  async #call(keys: readonly string[], limitMs: number, signal: AbortSignal): Promise<Answers> {
    const call: Call = { isSettled: false };
    const work = async (limit: AbortSignal) => {
      try {
        return await this.#driver.sample(keys, limit);
      } finally {
        call.isSettled = true;
        if (this.#abandoned === call) this.#abandoned = null;
      }
    };
    try {
      return await withTimeLimit(this.#clock, { limitMs, what: this.#what, signal }, work);
    } catch (error) {
      // A call its owner ended is not hung: it has not had its time.
      if (!call.isSettled && !signal.aborted) {
        this.#abandoned = call;
        this.#abandonedAtMs = this.#clock.monotonicMs();
      }
      throw error;
    }
  }
}

function isSilent(sample: Sample | undefined): boolean {
  return sample === undefined || ("fault" in sample && sample.fault === "comm");
}
