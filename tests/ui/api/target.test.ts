import { describe, expect, test } from "vitest";
import { socketUrlOf, targetOf } from "../../../src-renderer/api/target.ts";

const page = (href: string): Location => {
  const { protocol, search, host } = new URL(href);
  return { protocol, search, origin: `${protocol}//${host}` } as Location;
};

describe("where the core is, seen from the page", () => {
  test("a window with a pipe asks its own core", () => {
    expect(targetOf(page("app://reef/"), true)).toEqual({ kind: "window" });
  });

  test("a window that was started with --remote asks that one, over a socket", () => {
    const target = targetOf(page("app://reef/?remote=https%3A%2F%2Freef.local%3A8000%2Fx"), true);
    expect(target).toEqual({ kind: "network", origin: "https://reef.local:8000", isRemoteWindow: true });
    expect(socketUrlOf(target)).toBe("wss://reef.local:8000/trpc");
  });

  test("a browser asks whoever served the page, whatever its address says", () => {
    const target = targetOf(page("http://127.0.0.1:8000/?remote=https://evil.example"), false);
    expect(target).toEqual({ kind: "network", origin: "http://127.0.0.1:8000", isRemoteWindow: false });
    expect(socketUrlOf(target)).toBe("ws://127.0.0.1:8000/trpc");
  });

  test("a pipe on a page from the network is not used", () => {
    expect(targetOf(page("http://127.0.0.1:8000/"), true).kind).toBe("network");
  });
});
