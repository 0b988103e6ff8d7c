import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ApiClient } from "#tests/api-client.ts";
import { DesktopProcess } from "#tests/desktop-process.ts";
import { ADMIN, HeadlessHost, newDataDir, postmasterPid, until } from "#tests/headless-host.ts";
import {
  displayName,
  forget,
  type LaunchedApp,
  launchApp,
  newHome,
  runtimeTitle,
  stopDisplay,
  whyNot,
} from "#tests/launch-app.ts";
import { callOverPipe, canOpenSocket, subscribeOverPipe } from "#tests/page-pipe.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { openPath, seen, visitorOf } from "#tests/pages/visitor.ts";
import { realElectron } from "#tests/real-electron.ts";
import { outputWhere } from "#tests/reef.ts";
import { openSubscriptions } from "#tests/subscriptions.ts";

const missing = await whyNot("electron");
const runtime = missing ?? (await runtimeTitle("electron"));

async function signedIn(url: string): Promise<ApiClient> {
  const client = new ApiClient(url);
  await client.login(ADMIN);
  return client;
}

const logLines = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));

/** Open subscriptions of a procedure, counted by the core itself. */
async function openOf(keeper: ApiClient, procedure: string): Promise<number> {
  return (await openSubscriptions(keeper))[procedure] ?? 0;
}

describe.skipIf(missing !== null)(`the desktop app in ${runtime} (Electron shell · Electron desktop app)`, () => {
  let app: LaunchedApp;
  let dataDir: string;
  let home: string;
  let keeper: ApiClient;
  let token: string;

  beforeAll(async () => {
    dataDir = await newDataDir();
    home = await newHome();
    app = await launchApp({ runtime: "electron", dataDir, home, env: { REEF_LOG_LEVEL: "debug" } });
    keeper = await signedIn(app.url);
    token = keeper.token ?? "";
  });
  afterAll(async () => {
    await app?.stop();
    await forget(home, dataDir);
  });

  const inPage = (script: string): Promise<any> => app.page.evaluate(script);

  test("the window shows our own page, and the page sees the pipe's three functions and nothing of Node", async () => {
    expect(app.page.url()).toMatch(/^app:\/\/reef\//);
    expect(
      await inPage(`({
        pipe: Object.keys(window.reefPipe).sort(),
        isFrozen: Object.isFrozen(window.reefPipe),
        kinds: [typeof require, typeof process, typeof Buffer, typeof module, typeof window.ipcRenderer, typeof window.electron],
      })`),
    ).toEqual({ pipe: ["close", "open", "send"], isFrozen: true, kinds: Array(6).fill("undefined") });
    await inPage(`try { window.reefPipe.open = null; window.reefPipe = null } catch {}`);
    expect(await inPage("typeof window.reefPipe.open")).toBe("function");
  });

  test("the policy lets nothing inline run, no eval, and no host but our own", async () => {
    expect(
      await inPage(`(async () => {
        const script = document.createElement("script");
        script.textContent = "window.wasInline = true";
        document.head.append(script);
        // In a turn of its own: to what the debugger runs the policy does not apply.
        const evaluated = await new Promise((resolve) => setTimeout(() => {
          try { resolve(new Function("return 'evaluated'")()) } catch { resolve("refused") }
        }));
        const image = await new Promise((resolve) => {
          const img = new Image();
          img.onload = () => resolve("loaded");
          img.onerror = () => resolve("refused");
          img.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
        });
        const fetched = await fetch(${JSON.stringify(`${app.url}/health`)}).then(() => "fetched", () => "refused");
        return { inline: window.wasInline ?? "refused", evaluated, image, fetched };
      })()`),
    ).toEqual({ inline: "refused", evaluated: "refused", image: "refused", fetched: "refused" });
    expect(await canOpenSocket(app.page, `${app.url.replace("http", "ws")}/trpc`)).toBe(false);
  });

  test.each([
    ["a page from elsewhere", () => app.url],
    ["a file", () => "file:///etc/hostname"],
    ["a data: page", () => "data:text/html,<p>hello"],
    ["our own page", () => "app://reef/"],
  ])("%s in a frame is refused", async (_what, urlOf) => {
    await inPage(`(() => {
      const frame = document.createElement("iframe");
      frame.src = ${JSON.stringify(urlOf())};
      document.body.append(frame);
    })()`);
    await app.page.waitForTimeout(300);
    const [, ...frames] = app.page.frames();
    expect(frames.length).toBeGreaterThan(0);
    for (const frame of frames)
      expect(["", "about:blank", "chrome-error://chromewebdata/"]).toContain(frame.url());
    const pipe = await inPage(`(() => {
      const frame = document.querySelector("iframe");
      try { return typeof frame.contentWindow.reefPipe } catch { return "unreachable" } finally { frame.remove() }
    })()`);
    expect(["undefined", "unreachable"]).toContain(pipe);
  });

  test.each([
    ["location", (url: string) => `location.href = ${JSON.stringify(url)}`],
    ["a link", (url: string) => link(url, "")],
    ["a link to a new window", (url: string) => link(url, "_blank")],
    [
      "a form",
      (url: string) =>
        `const f = document.createElement("form"); f.action = ${JSON.stringify(url)}; document.body.append(f); f.submit()`,
    ],
    ["window.open", (url: string) => `window.open(${JSON.stringify(url)}) === null`],
    ["a dropped link", dropped],
  ])("by %s the page goes nowhere, and no other opens", async (_how, scriptOf) => {
    const before = app.page.url();
    for (const url of [`${app.url}/docs`, "file:///etc/hostname", "https://reef.example/"])
      await inPage(`(() => { ${scriptOf(url)} })()`).catch(() => undefined);
    await app.page.waitForTimeout(300);
    expect(app.page.url()).toBe(before);
    expect(
      app.page
        .context()
        .pages()
        .filter((page) => !page.url().startsWith("devtools:")),
    ).toHaveLength(1);
    expect(await inPage("typeof window.reefPipe.open")).toBe("function");
  });

  test("every permission is refused", async () => {
    const asked = await inPage(`(async () => ({
      notifications: await Notification.requestPermission(),
      camera: await (navigator.mediaDevices?.getUserMedia({ video: true }) ?? Promise.reject()).then(() => "granted", () => "refused"),
      place: await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve("granted"), () => resolve("refused"))),
    }))()`);
    expect(asked).toEqual({ notifications: "denied", camera: "refused", place: "refused" });
  });

  test("the inputs 0, false and '' arrive as such, from the window as over the network", async () => {
    const inputs = [0, false, ""];
    const params = (input: unknown) => ({ path: "channels.get", input });
    const calls = inputs.map((input, i) => ({ id: i + 1, method: "query", params: params(input) }));
    const fromWindow = await callOverPipe(app.page, { token, calls });
    const fromNetwork = await callOverSocket(app.url, token, calls);
    const kinds = fromWindow.map((answer) => /received (\w+)/.exec(JSON.stringify(answer))?.[1]);
    expect(kinds).toEqual(["number", "boolean", "string"]);
    expect(fromNetwork).toEqual(fromWindow);
  });

  test("a reload ends the page's subscriptions in the core", async () => {
    const before = await openOf(keeper, "system.live");
    await subscribeOverPipe(app.page, token, "system.live");
    expect(await openOf(keeper, "system.live")).toBe(before + 1);
    await app.page.reload();
    await until("the subscription's end", 5_000, async () =>
      (await openOf(keeper, "system.live")) === before ? true : undefined,
    );
  });

  test("a crash of the page ends its subscriptions, the core goes on, and the page comes back", async () => {
    const before = await openOf(keeper, "system.live");
    await subscribeOverPipe(app.page, token, "system.live");
    const session = await app.page.context().newCDPSession(app.page);
    session.send("Page.crash").catch(() => undefined);
    await until("the end of its lines", 5_000, async () =>
      (await openOf(keeper, "system.live")) === before ? true : undefined,
    );
    expect((await keeper.get("/health")).status).toBe(200);
    // A debugger that attaches to a page that is gone never hears of its return.
    await until("the page's return", 15_000, async () =>
      /the window's page is gone[\s\S]*the window's page is loaded/.test(app.log()) ? true : undefined,
    );
    const page = await app.freshPage();
    const [answer] = await callOverPipe(page, {
      token,
      calls: [{ id: 1, method: "query", params: { path: "system.info" } }],
    });
    expect(answer.result.data.simulated).toBe(true);
    app = { ...app, page };
  });

  test("a second start on this desktop shows the first one's window and ends", async () => {
    const second = new DesktopProcess(await realElectron(), { home, dataDir, display: await displayName() });
    expect((await second.exited).code).toBe(0);
    expect(second.stderr).toContain("runs on this desktop already");
    await until("the first one to come forward", 5_000, async () =>
      app.log().includes("its window comes forward") ? true : undefined,
    );
    expect((await keeper.get("/health")).status).toBe(200);
  });

  test("SIGTERM while the heater is on: off before the process is gone, Postgres too, exit 0 within 5 s", async () => {
    const { body } = await keeper.get("/channels?role=heater");
    const heater = body.items[0].id;
    await outputWhere(keeper, heater, {
      what: "the heater to be on",
      limitMs: 20_000,
      is: (o) => o.actual === 100,
    });
    const { code, tookMs } = await app.stop("SIGTERM");
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5_000);
    const lines = logLines(app.log());
    const safe = lines.findIndex(
      (line) => line["message"] === "output is in its safe state" && line["name"] === "Heater",
    );
    expect(lines[safe]).toMatchObject({ levelPct: 0 });
    expect(safe).toBeLessThan(lines.findIndex((line) => line["message"] === "stopped"));
    expect(await postmasterPid(dataDir)).toBeNull();
  });
});

describe.skipIf(missing !== null)(
  `ways the desktop app is started in ${runtime} (Second start · Kiosk · Laptop to Pi)`,
  () => {
    afterAll(stopDisplay);

    test("a headless core owns the tank: the window says so, shows that one, and leaves it running", async () => {
      const host = await HeadlessHost.start();
      const app = await launchApp({ runtime: "electron", dataDir: host.dataDir });
      try {
        expect(app.url).toBe(host.url);
        const address = new URL(app.page.url());
        expect(Object.fromEntries(address.searchParams)).toEqual({ remote: host.url, running: "1" });
        expect(app.log()).toContain("another core owns the tank");
        expect(await canOpenSocket(app.page, `${host.url.replace("http", "ws")}/trpc`)).toBe(true);
        expect(await canOpenSocket(app.page, "ws://127.0.0.1:9/trpc")).toBe(false);
        await app.page.evaluate("history.pushState(null, '', '/settings/system')");
        await app.page.reload();
        const reloaded = new URL(app.page.url());
        expect(reloaded.searchParams.get("remote")).toBe(host.url);
        expect(reloaded.pathname).toMatch(/^\/settings/);
        await until("the page to be drawn", 10_000, async () =>
          (await app.page.evaluate<number>("document.getElementById('app').childElementCount")) > 0
            ? true
            : undefined,
        );
        expect((await app.stop()).code).toBe(0);
        expect((await (await signedIn(host.url)).get("/health")).status).toBe(200);
      } finally {
        await app.stop();
        await host.dispose();
      }
    });

    test("--remote to a self-signed core: refused until somebody trusts its certificate, then for good", async () => {
      const host = await HeadlessHost.start({ env: { REEF_TLS: "self-signed" } });
      const socket = `${host.url.replace("https", "wss")}/trpc`;
      const home = await newHome();
      try {
        const args = [`--remote=${host.url}`];
        const unsure = await launchApp({ runtime: "electron", args, home });
        const opened = canOpenSocket(unsure.page, socket).catch(() => false);
        expect(await Promise.race([opened, unsure.page.waitForTimeout(2_000).then(() => "asking")])).not.toBe(
          true,
        );
        await unsure.stop();
        await mkdir(join(home, "desktop"), { recursive: true });
        const pins = { [host.url]: await fingerprintOf(host.url) };
        await writeFile(join(home, "desktop/certificates.json"), JSON.stringify(pins));
        const sure = await launchApp({ runtime: "electron", args, home });
        expect(await canOpenSocket(sure.page, socket)).toBe(true);
        expect(sure.log()).not.toContain("acquisition");
        expect((await sure.stop()).code).toBe(0);
      } finally {
        await host.dispose();
        await forget(home);
      }
    });

    test("--kiosk fills the display, has no menu, and its page knows", async () => {
      const app = await launchApp({ runtime: "electron", args: ["--kiosk"] });
      try {
        expect(new URL(app.page.url()).searchParams.get("kiosk")).toBe("1");
        const [inner, screen] = (await app.page.evaluate(
          "[[innerWidth, innerHeight], [screen.width, screen.height]]",
        )) as [number[], number[]];
        expect(inner).toEqual(screen);
      } finally {
        expect((await app.stop()).code).toBe(0);
      }
    });

    test("a busy port is no failed start: the window says which port another has, and where the controller answers", async () => {
      const other = createServer();
      const port = await new Promise<number>((resolve) =>
        other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port)),
      );
      const app = await launchApp({ runtime: "electron", env: { REEF_HTTP_PORT: String(port) } });
      try {
        expect(app.url).not.toContain(`:${port}`);
        expect(app.log()).toContain(`Port ${port} on 127.0.0.1 is in use`);
        const { body } = await (await signedIn(app.url)).get("/system/info");
        expect(body.address).toEqual({ url: app.url, takenPort: port });
        const visitor = await visitorOf(app.page);
        await new SessionPages(visitor).signIn();
        await seen(
          app.page.getByText(`Another program has port ${port}. Browsers find this controller at ${app.url}`),
        );
        await openPath(app.page, "/settings/system");
        await seen(app.page.getByText(`Another program has port ${port}: end it`));
        await seen(app.page.getByRole("definition").filter({ hasText: app.url }));
      } finally {
        await app.stop();
        other.close();
      }
    });

    test.each([
      [{ REEF_HTTP_PORT: "70000" }, [], "REEF_HTTP_PORT"],
      [{}, ["--remote=file:///etc/passwd"], "--remote"],
    ])("%j %j is refused in one line that names it", async (env, args, name) => {
      const parts = { home: await newHome(), dataDir: await newDataDir(), display: await displayName() };
      const refused = new DesktopProcess(await realElectron(), {
        ...parts,
        env: env as Record<string, string>,
        args,
      });
      expect((await refused.exited).code).toBe(1);
      await forget(parts.home, parts.dataDir);
      expect(
        refused.stderr.split("\n").filter((line) => line.includes(name) && !line.startsWith("{")),
      ).toHaveLength(1);
    });

    test("closing the window ends the program, with every output safe, and its place is kept", async () => {
      const home = await newHome();
      const app = await launchApp({ runtime: "electron", home });
      await app.page.evaluate("window.close()").catch(() => undefined);
      const { code } = await app.exited;
      expect(code).toBe(0);
      expect(app.log()).toContain("output is in its safe state");
      const kept = JSON.parse(await readFile(join(home, "desktop/window.json"), "utf8"));
      expect(kept).toMatchObject({ isMaximized: false, width: expect.any(Number), height: expect.any(Number) });
      await app.stop();
      await forget(home);
    });
  },
);

function link(url: string, target: string): string {
  return `const a = document.createElement("a"); a.href = ${JSON.stringify(url)}; a.target = "${target}"; document.body.append(a); a.click(); a.remove()`;
}

/** As the browser sends it to the page; what it would do by itself afterwards is switched off with the window. */
function dropped(url: string): string {
  return `const data = new DataTransfer(); data.setData("text/uri-list", ${JSON.stringify(url)});
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }))`;
}

async function callOverSocket(url: string, token: string, calls: readonly object[]): Promise<any[]> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/trpc?connectionParams=1`);
  const answers: any[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      socket.send(JSON.stringify({ method: "connectionParams", data: { token } }));
      for (const call of calls) socket.send(JSON.stringify(call));
    });
    socket.on("message", (data) => {
      answers.push(JSON.parse(String(data)));
      if (answers.length === calls.length) resolve();
    });
  });
  socket.close();
  return answers.sort((a, b) => a.id - b.id);
}

async function fingerprintOf(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}
