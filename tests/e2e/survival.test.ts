import { expect, onTestFinished, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, kill, newDataDir, until } from "#tests/headless-host.ts";

async function displayProbe(client: ApiClient): Promise<string> {
  const { body } = await client.get("/channels?quantity=temperature&role=display");
  return body.items[0].id;
}

async function instants(client: ApiClient, id: string): Promise<string[]> {
  const { body } = await client.get(
    `/channels/${id}/history?maxPoints=5000&from=${new Date(Date.now() - 3_600_000).toISOString()}`,
  );
  return body.points.map((p: { at: string }) => p.at);
}

test("kill -9 of every process under write load, ten times: it starts again each time, and every reading history had shown is there (Power cut)", async () => {
  const dataDir = await newDataDir();
  let host = await HeadlessHost.start({ dataDir });
  onTestFinished(() => host.dispose());
  const shown = new Set<string>();
  for (let cut = 0; cut < 10; cut++) {
    const client = await ApiClient.signedIn(host);
    const id = await displayProbe(client);
    const before = shown.size;
    await until("new readings in history", 20_000, async () => {
      for (const at of await instants(client, id)) shown.add(at);
      return shown.size >= before + 2 ? true : undefined;
    });
    await host.cutPower();
    host = await HeadlessHost.start({ dataDir });
    const again = await ApiClient.signedIn(host);
    const kept = new Set(await instants(again, id));
    expect([...shown].filter((at) => !kept.has(at))).toEqual([]);
  }
}, 240_000);

test("Postgres hung under load: control goes on, health names the database within 10 s, nothing is lost, it drains by itself (Postgres away)", async () => {
  const host = await HeadlessHost.start();
  onTestFinished(() => host.dispose());
  const client = await ApiClient.signedIn(host);
  const id = await displayProbe(client);
  const heater = (await client.get("/outputs")).body.items.find((o: { role: string }) => o.role === "heater");
  await until("history", 20_000, async () => ((await instants(client, id)).length >= 5 ? true : undefined));

  const postgres = await host.postgresPids();
  const fromMs = Date.now();
  for (const pid of postgres) kill(pid, "SIGSTOP");
  const { body } = await until("health to say so", 10_000, async () => {
    const answer = await client.get("/health");
    return answer.body.checks.database.status === "degraded" ? answer : undefined;
  });
  expect(body.status).toBe("degraded");
  expect(body.checks.database.detail).toMatch(/database/i);

  expect((await client.get(`/channels/${id}/latest`)).body.quality).toBe("good");
  expect((await client.post(`/outputs/${heater.channelId}/override`, { level: 0, durationS: 60 })).status).toBe(
    200,
  );
  await until("the heater to be off", 5_000, async () =>
    (await client.get(`/outputs/${heater.channelId}`)).body.actual === 0 ? true : undefined,
  );
  expect((await client.delete(`/outputs/${heater.channelId}/override`)).status).toBe(200);
  expect((await client.get(`/channels/${id}/history`)).status).toBe(503);
  await client.login({ username: "keeper", password: "correct horse battery" });
  await until("half a minute without Postgres", 60_000, async () =>
    Date.now() - fromMs > 30_000 ? true : undefined,
  );

  for (const pid of postgres) kill(pid, "SIGCONT");
  await until("health to be ok again", 20_000, async () =>
    (await client.get("/health")).body.status === "ok" ? true : undefined,
  );
  const points = await until("the spool to drain", 20_000, async () => {
    const all = (await instants(client, id)).map((at) => Date.parse(at));
    return (all.at(-1) ?? 0) > Date.now() - 3_000 ? all : undefined;
  });
  const away = points.filter((at) => at > fromMs - 3_000);
  // One a second, however late a busy machine looked at its clock: a slot that was missed leaves two.
  for (const [i, at] of away.slice(1).entries()) expect(at - (away[i] ?? 0)).toBeLessThan(1_950);
}, 180_000);

test("Postgres killed: a new one is started, and nothing is lost", async () => {
  const host = await HeadlessHost.start();
  onTestFinished(() => host.dispose());
  const client = await ApiClient.signedIn(host);
  const id = await displayProbe(client);
  await until("history", 20_000, async () => ((await instants(client, id)).length >= 3 ? true : undefined));
  const [postmaster] = await host.postgresPids();
  const fromMs = Date.now();
  for (const pid of await host.postgresPids()) kill(pid, "SIGKILL");
  await until("a new server", 20_000, async () => {
    const [pid] = await host.postgresPids();
    return pid !== undefined && pid !== postmaster ? pid : undefined;
  });
  const points = await until("history past the outage", 30_000, async () => {
    const { status } = await client.get(`/channels/${id}/history`);
    if (status !== 200) return undefined;
    const all = (await instants(client, id)).map((at) => Date.parse(at)).filter((at) => at > fromMs - 2_000);
    return (all.at(-1) ?? 0) > fromMs + 5_000 ? all : undefined;
  });
  for (const [i, at] of points.slice(1).entries()) expect(at - (points[i] ?? 0)).toBeLessThan(1_500);
}, 120_000);

test("emergency stop holds over a power cut until it is released, and every output is in its emergency state (Emergency stop)", async () => {
  const dataDir = await newDataDir();
  let host = await HeadlessHost.start({ dataDir });
  onTestFinished(() => host.dispose());
  let client = await ApiClient.signedIn(host);
  const from = performance.now();
  const { status } = await client.post("/emergency-stop");
  expect(status).toBe(200);
  expect(performance.now() - from).toBeLessThan(1_500);
  const { body } = await client.get("/outputs");
  for (const output of body.items)
    expect(output).toMatchObject({ actual: 0, confirmation: "confirmed", owner: "emergency-stop" });
  const heater = body.items.find((o: { role: string }) => o.role === "heater");
  const refused = await client.post(`/outputs/${heater.channelId}/override`, { level: 100, durationS: 60 });
  expect(refused).toMatchObject({ status: 422, body: { error: { code: "emergency-stopped" } } });
  await host.cutPower();
  host = await HeadlessHost.start({ dataDir });
  client = await ApiClient.signedIn(host);
  await until("every output to be off", 10_000, async () => {
    const outputs = (await client.get("/outputs")).body.items;
    return outputs.every((o: { owner: string; actual: number }) => o.owner === "emergency-stop" && o.actual === 0)
      ? true
      : undefined;
  });
  expect((await client.get("/health")).body.checks.outputs.status).toBe("degraded");
  expect((await client.delete("/emergency-stop")).status).toBe(200);
  await until("the loops to hold their outputs again", 30_000, async () => {
    const outputs = (await client.get("/outputs")).body.items;
    return outputs.every((o: { owner: string }) => o.owner !== "emergency-stop") ? true : undefined;
  });
}, 120_000);
