import type { ApiContext } from "./context.ts";

const AT_ONCE = () => Promise.resolve();

/** What of a line a call has that comes without one, as a request over HTTP does: nothing is before it or after it. */
export const LONE_CALL: Pick<ApiContext, "whenWritable" | "onSignedIn" | "signIns"> = {
  whenWritable: AT_ONCE,
  onSignedIn: AT_ONCE,
  signIns: { take: (signIn) => signIn(), over: AT_ONCE },
};
