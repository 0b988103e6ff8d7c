import { ReefFault } from "#contract/errors.ts";

/** What the command line asks of the desktop app. */
export interface LaunchOptions {
  /** Full screen for the display by the tank: no menu, no tray, no developer tools. */
  readonly isKiosk: boolean;
  /** The core to be a window onto, as an origin (`https://pi.local:8000`); null: this app runs its own. */
  readonly remote: string | null;
  readonly asksForHelp: boolean;
}

export const HELP = `Bella's Reef: the tank's controller with its window.

  npm start [-- --kiosk] [-- --remote=URL]

  --kiosk        full screen, for the touch display by the tank
  --remote=URL   no controller of its own: a window onto the one at URL, such as https://reef.local:8000

Settings come from the environment, else from .env in the working directory; resources/example.env lists them all.
`;

/**
 * Options from the whole command line; what is not ours belongs to Chromium.
 * @param args as in process.argv @throws ReefFault bad-setting where the URL is none
 */
export function launchOptionsFrom(args: readonly string[]): LaunchOptions {
  const remote = args
    .map((arg, i) => (arg === "--remote" ? (args[i + 1] ?? "") : /^--remote=(.*)$/.exec(arg)?.[1]))
    .find((value) => value !== undefined);
  return {
    isKiosk: args.includes("--kiosk"),
    remote: remote === undefined ? null : originFrom(remote),
    asksForHelp: args.includes("--help"),
  };
}

function originFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === "https:" || url.protocol === "http:")) return url.origin;
  throw new ReefFault(
    "bad-setting",
    `--remote must be the address of a controller, like https://reef.local:8000; it is ${JSON.stringify(text)}.`,
  );
}
