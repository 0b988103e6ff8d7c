import type { ApiClient } from "./api-client.ts";

/** Open subscriptions by procedure, as the core counts them; procedures without one are left out. */
export async function openSubscriptions(client: ApiClient): Promise<Readonly<Record<string, number>>> {
  const { body } = await client.get("/metrics");
  const lines = String(body).matchAll(/^reef_subscriptions\{procedure="([^"]+)"\} (\d+)$/gm);
  return Object.fromEntries(
    [...lines]
      .map(([, procedure = "", count]) => [procedure, Number(count)] as const)
      .filter(([, count]) => count > 0),
  );
}
