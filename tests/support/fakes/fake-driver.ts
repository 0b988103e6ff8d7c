import type { ChannelSpec, DeviceDriver, Sample } from "#main/hardware/ports.ts";

type Answers = Readonly<Record<string, number | Sample>>;
/** What a sample comes to: values by key, an error to throw, or silence that no signal ends. */
export type FakeAnswer = Answers | Error | "hang";

/** A device that answers what it is told to; `answer` is asked at each sample. */
export class FakeDriver implements DeviceDriver {
  timeoutMs = 2_000;
  /** Asked with the sample's number, from 0. */
  answer: (call: number) => FakeAnswer | Promise<FakeAnswer>;
  calls: (readonly string[])[] = [];
  /** Calls that neither answered nor failed yet. */
  outstanding = 0;
  readonly #releases: (() => void)[] = [];

  constructor(answer: (call: number) => FakeAnswer | Promise<FakeAnswer>) {
    this.answer = answer;
  }

  async open(): Promise<readonly ChannelSpec[]> {
    return [];
  }

  async sample(keys: readonly string[]): Promise<ReadonlyMap<string, Sample>> {
    this.calls.push(keys);
    this.outstanding += 1;
    try {
      const answer = await this.answer(this.calls.length - 1);
      if (answer === "hang") {
        await new Promise<void>((resolve) => this.#releases.push(resolve));
        return new Map();
      }
      if (answer instanceof Error) throw answer;
      return samplesOf(keys, answer);
    } finally {
      this.outstanding -= 1;
    }
  }

  /** Lets every hung call end. */
  release(): void {
    for (const release of this.#releases.splice(0)) release();
  }

  async close(): Promise<void> {}
}

function samplesOf(keys: readonly string[], answers: Answers): ReadonlyMap<string, Sample> {
  const samples = new Map<string, Sample>();
  for (const key of keys) {
    const answer = answers[key];
    if (answer !== undefined) samples.set(key, typeof answer === "number" ? { value: answer } : answer);
  }
  return samples;
}
