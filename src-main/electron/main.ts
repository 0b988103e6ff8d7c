// The smallest honest entry: `electron .` on this version says what to do instead of showing an empty window.
const refusal = {
  level: "error",
  message: "The desktop window is not built yet. Run `npm run start:headless` and open the address it prints.",
};
process.stderr.write(`${JSON.stringify(refusal)}\n`);
process.exit(1);
