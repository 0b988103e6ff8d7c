import pg from "pg";
import type { BenchPostgres } from "./postgres-server.ts";

const ROWS = 1_000;
const START_MS = Date.UTC(2026, 0, 1);

/** B7's floor: what `insert … select from unnest` of a thousand ready-made rows in one commit does on this very server. */
export class UnnestFloor {
  readonly #client: pg.Client;
  #second = 0;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(postgres: BenchPostgres): Promise<UnnestFloor> {
    const client = new pg.Client(postgres.config);
    await client.connect();
    await client.query(`create table if not exists bench_reading (
      taken_at timestamptz not null, value float8, raw float8, channel_key int not null, controller_id int not null,
      covers_s float4 not null, quality int2 not null, reason int2, primary key (channel_key, taken_at))`);
    return new UnnestFloor(client);
  }

  /** @returns rows a second whose commit was acknowledged */
  async rowsPerSecond(sensors: number, forMs: number): Promise<number> {
    await this.#client.query("truncate bench_reading");
    const fromMs = performance.now();
    let rows = 0;
    while (performance.now() - fromMs < forMs) {
      await this.#insert(sensors);
      rows += ROWS;
    }
    return rows / ((performance.now() - fromMs) / 1_000);
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  async #insert(sensors: number): Promise<void> {
    const channels: number[] = [];
    const times: number[] = [];
    const values: number[] = [];
    for (let row = 0; row < ROWS; row++) {
      const channel = row % sensors;
      if (channel === 0) this.#second++;
      channels.push(channel);
      times.push(START_MS + this.#second * 1_000);
      values.push(25.5);
    }
    const text = `insert into bench_reading (taken_at, value, raw, channel_key, controller_id, covers_s, quality)
      select to_timestamp(at_ms / 1000.0), value, value, channel, 1, 1, 0
        from unnest($1::int[], $2::float8[], $3::float8[]) as batch (channel, at_ms, value)`;
    await this.#client.query({ name: "bench", text, values: [channels, times, values] });
  }
}
