import type { Page } from "playwright-core";

/** What a page does with the preload's pipe, without any client of ours: tRPC's messages, word for word. */

/** Sends calls down a new line and resolves with as many answers, by id. */
export function callOverPipe(
  page: Page,
  { token, calls }: { readonly token: string | null; readonly calls: readonly object[] },
): Promise<any[]> {
  return page.evaluate(
    ({ token, calls }) =>
      new Promise<any[]>((resolve, reject) => {
        const pipe = (globalThis as any).reefPipe;
        const answers: any[] = [];
        const line: number = pipe.open(
          (text: string) => {
            if (text === "") {
              pipe.send(
                line,
                JSON.stringify({ method: "connectionParams", data: token === null ? {} : { token } }),
              );
              for (const call of calls) pipe.send(line, JSON.stringify(call));
              return;
            }
            answers.push(JSON.parse(text));
            if (answers.length < calls.length) return;
            pipe.close(line);
            resolve(answers.sort((a, b) => a.id - b.id));
          },
          (code: number) => reject(new Error(`the line was closed with ${code}`)),
        );
      }),
    { token, calls },
  );
}

/** Begins a subscription on a line that stays open. @returns when its first word has come */
export function subscribeOverPipe(page: Page, token: string, path: string): Promise<void> {
  return page.evaluate(
    ({ token, path }) =>
      new Promise<void>((resolve, reject) => {
        const pipe = (globalThis as any).reefPipe;
        const line: number = pipe.open(
          (text: string) => {
            if (text !== "") return resolve();
            pipe.send(line, JSON.stringify({ method: "connectionParams", data: { token } }));
            pipe.send(line, JSON.stringify({ id: 1, method: "subscription", params: { path } }));
          },
          (code: number) => reject(new Error(`the line was closed with ${code}`)),
        );
      }),
    { token, path },
  );
}

/** Whether this page can open a WebSocket to `url`; what its policy refuses it cannot. */
export function canOpenSocket(page: Page, url: string): Promise<boolean> {
  return page.evaluate(
    (url) =>
      new Promise<boolean>((resolve) => {
        const socket = new (globalThis as any).WebSocket(url);
        socket.onopen = () => {
          socket.close();
          resolve(true);
        };
        socket.onerror = () => resolve(false);
      }).catch(() => false),
    url,
  );
}
