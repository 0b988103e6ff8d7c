import { expect, test } from "vitest";
import { launchOptionsFrom } from "#main/electron/launch-options.ts";

const APP = ["/opt/electron", "/opt/reef"];

test("without options: a window of its own core", () => {
  expect(launchOptionsFrom(APP)).toEqual({ isKiosk: false, remote: null, asksForHelp: false });
});

test("Chromium's switches are none of ours", () => {
  const args = [...APP, "--no-sandbox", "--remote-debugging-port=0", "--user-data-dir=/tmp/x", "--kiosk"];
  expect(launchOptionsFrom(args)).toEqual({ isKiosk: true, remote: null, asksForHelp: false });
});

test.each([[["--remote=https://reef.local:8000/some/page?x=1"]], [["--remote", "https://reef.local:8000"]]])(
  "%j is a window onto that core",
  (args) => {
    expect(launchOptionsFrom([...APP, ...args]).remote).toBe("https://reef.local:8000");
  },
);

test.each([["--remote"], ["--remote="], ["--remote=reef.local:8000"], ["--remote=file:///etc/passwd"]])(
  "%s is refused with what it must be",
  (arg) => {
    expect(() => launchOptionsFrom([...APP, arg])).toThrow(/--remote must be the address of a controller/);
  },
);
