import { appRouter } from "#main/api/app-router.ts";
import type { ApiContext } from "#main/api/context.ts";
import { LONE_CALL } from "#main/api/lone-call.ts";
import type { FakeServices } from "./fake-services.ts";

/** The router as a signed-in user calls it; null: nobody. */
export async function callerFor(
  services: FakeServices,
  role: keyof FakeServices["tokens"] | null,
  changes: Partial<ApiContext> = {},
): Promise<ReturnType<typeof appRouter.createCaller>> {
  const principal = role === null ? null : await services.identity.authenticate(services.tokens[role]);
  return appRouter.createCaller({
    ...services,
    ...LONE_CALL,
    principal,
    address: "192.0.2.7",
    ...changes,
  });
}
