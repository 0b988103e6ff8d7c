// @ts-nocheck: a page's script in a folder that is checked as Node's.
const port = new Promise((resolve) => {
  addEventListener("message", ({ ports: [given] }) => {
    if (given === undefined) return;
    given.start();
    resolve(given);
  });
});

/** @returns what one question took, ms, as its share of `count` of them */
globalThis.benchPort = async ({ up, down }, count) => {
  const line = await port;
  const fromMs = performance.now();
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => {
      line.addEventListener("message", resolve, { once: true });
      line.postMessage(`${down} `.padEnd(up));
    });
  }
  return (performance.now() - fromMs) / count;
};
