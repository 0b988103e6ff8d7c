import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "vite";

/*
 * Makes schemas at their first use. A start reads with a tenth of them, and making all takes as long as Node itself
 * takes to start. `const X = z.object(…)` becomes a function that makes it once, and whoever names X calls it; so does
 * every constant that is made of such ones.
 */

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

interface Declaration {
  readonly name: string;
  readonly statement: Node;
  readonly init: Node;
  readonly isExported: boolean;
}

interface Module {
  readonly code: string;
  readonly body: readonly Node[];
  /** Constants of this module that are made on demand. */
  readonly own: ReadonlyMap<string, Declaration>;
  /** Those and the imported ones, as this module calls them. */
  readonly onDemand: ReadonlySet<string>;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The sources' aliases (package.json "imports") that schemas are imported by. */
const ALIASES: readonly (readonly [string, string])[] = [
  ["#contract/", "contract/"],
  ["#domain/", "domain/"],
];
/** Nobody hands a schema on: whoever imports it names the module that makes it. */
const HANDED_ON = /^export \{[^}]*\} from "(?:\.|#)/m;
const CASTS = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);

/** @param sourceDir whose modules are rewritten: `src-main` */
export function onDemandSchemas(sourceDir: string) {
  const known = new Map<string, Module>();
  return {
    name: "on-demand-schemas",
    // The sources as they are written, types and all.
    enforce: "pre" as const,
    buildStart(): void {
      known.clear();
    },
    transform(code: string, id: string): { readonly code: string } | null {
      if (!id.startsWith(`${sourceDir}/`) || !id.endsWith(".ts")) return null;
      return { code: rewritten(moduleAt(id, { code, sourceDir, known }), id) };
    },
  };
}

interface Sources {
  readonly code?: string;
  readonly sourceDir: string;
  readonly known: Map<string, Module>;
}

function moduleAt(path: string, sources: Sources): Module {
  const before = sources.known.get(path);
  if (before !== undefined) return before;
  const code = sources.code ?? readFileSync(path, "utf8");
  if (HANDED_ON.test(code)) throw new Error(`${path} hands on what another module exports; import it from there.`);
  const body = parseSync(path, code).program.body as unknown as readonly Node[];
  const onDemand = new Set(body.flatMap((statement) => importedBy(statement, path, sources)));
  const own = new Map<string, Declaration>();
  for (const declaration of body.flatMap(constantsIn)) {
    const madeOf = new Set([...onDemand, "z"]);
    if (referencesIn(declaration.init, madeOf, { intoFunctions: false }).length === 0) continue;
    own.set(declaration.name, declaration);
    onDemand.add(declaration.name);
  }
  const module = { code, body, own, onDemand };
  sources.known.set(path, module);
  return module;
}

/** What a statement imports of constants made on demand, by the names they have here. */
function importedBy(statement: Node, path: string, { sourceDir, known }: Sources): string[] {
  if (statement.type !== "ImportDeclaration" || statement["importKind"] === "type") return [];
  const target = pathOf((statement["source"] as { value: string }).value, path, sourceDir);
  if (target === null) return [];
  const { own } = moduleAt(target, { sourceDir, known });
  const specifiers = statement["specifiers"] as readonly ImportSpecifier[];
  return specifiers.flatMap(({ imported, local }) =>
    imported !== undefined && own.get(imported.name)?.isExported === true ? [local.name] : [],
  );
}

interface ImportSpecifier {
  readonly imported?: { readonly name: string };
  readonly local: { readonly name: string };
}

/** @returns null for what is no module of ours */
function pathOf(source: string, importer: string, sourceDir: string): string | null {
  if (source.startsWith(".")) return source.endsWith(".ts") ? resolve(dirname(importer), source) : null;
  const alias = ALIASES.find(([prefix]) => source.startsWith(prefix));
  return alias === undefined ? null : resolve(sourceDir, alias[1], source.slice(alias[0].length));
}

/** The module's own constants of one name and one value each. */
function constantsIn(statement: Node): Declaration[] {
  const isExported = statement.type === "ExportNamedDeclaration";
  const declared = (isExported ? statement["declaration"] : statement) as Node | null;
  if (declared?.type !== "VariableDeclaration" || declared["kind"] !== "const") return [];
  const [only, ...others] = declared["declarations"] as {
    readonly id: Node;
    readonly init: Node | null;
  }[];
  if (only === undefined || others.length > 0 || only.id.type !== "Identifier" || only.init === null) return [];
  return [{ name: String(only.id["name"]), statement, init: only.init, isExported }];
}

interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** In `{ X }`: the name of the property too. */
  readonly isShorthand: boolean;
}

interface Scope {
  readonly intoFunctions: boolean;
}

function referencesIn(root: Node, names: ReadonlySet<string>, scope: Scope): Reference[] {
  return [...nodesIn(root, scope)].flatMap(({ node, parent }) => {
    const name = String(node["name"]);
    if (node.type !== "Identifier" || !names.has(name)) return [];
    const isShorthand = parent?.type === "Property" && parent["shorthand"] === true;
    return [{ name, start: node.start, end: node.start + name.length, isShorthand }];
  });
}

interface Visit {
  readonly node: Node;
  readonly parent: Node | null;
}

/** Everything below that is evaluated or bound: neither types nor the names of properties. */
function* nodesIn(node: Node, scope: Scope, parent: Node | null = null): Generator<Visit> {
  if (node.type.startsWith("TS") && !CASTS.has(node.type)) return;
  if (!scope.intoFunctions && /Function|^Class/.test(node.type)) return;
  yield { node, parent };
  for (const child of childrenOf(node)) yield* nodesIn(child, scope, node);
}

const NAMED = new Set(["key", "property"]);

function childrenOf(node: Node): Node[] {
  if (node.type === "ImportDeclaration" || node.type === "ExportAllDeclaration") return [];
  return Object.entries(node).flatMap(([field, value]) => {
    if (NAMED.has(field) && node["computed"] !== true) return [];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((child): child is Node => typeof (child as Node | null)?.type === "string");
  });
}

/** @throws Error where a name cannot be told from another thing of the same name */
function rewritten({ code, body, own, onDemand }: Module, id: string): string {
  const edits: Edit[] = [];
  const uses = body.flatMap((statement) => referencesIn(statement, onDemand, { intoFunctions: true }));
  const declaredAt = new Set<number>();
  for (const { name, statement, init, isExported } of own.values()) {
    declaredAt.add(code.indexOf(name, code.indexOf("const", statement.start)));
    const made = `${name}$made`;
    const head = `let ${made}; ${isExported ? "export " : ""}function ${name}() { return (${made} ??= `;
    edits.push({ start: statement.start, end: init.start, text: head });
    edits.push({ start: init.end, end: statement.end, text: "); }" });
  }
  for (const { name, start, end, isShorthand } of uses) {
    if (declaredAt.has(start)) continue;
    edits.push({ start, end, text: isShorthand ? `${name}: ${name}()` : `${name}()` });
  }
  refuseOthersOfTheName(body, onDemand, { declaredAt, id });
  return edited(code, edits);
}

interface Rewriting {
  readonly declaredAt: ReadonlySet<number>;
  readonly id: string;
}

/** A parameter or variable that hides a schema's name, or one that is handed on, would be rewritten into nonsense. */
function refuseOthersOfTheName(
  body: readonly Node[],
  names: ReadonlySet<string>,
  { declaredAt, id }: Rewriting,
): void {
  const everywhere = { intoFunctions: true };
  const nodes = body.flatMap((statement) => [...nodesIn(statement, everywhere)].map(({ node }) => node));
  const others = nodes
    .flatMap(bindingsOf)
    .flatMap((binding) => referencesIn(binding, names, everywhere))
    .find(({ start }) => !declaredAt.has(start));
  if (others !== undefined) {
    throw new Error(
      `${id}: ${others.name} is a schema made on demand; name the variable otherwise, or export it there.`,
    );
  }
}

/** Where a node binds names of its own, or hands one on. */
function bindingsOf(node: Node): Node[] {
  if (node.type === "ExportSpecifier") return [node["local"] as Node];
  if (node.type === "VariableDeclarator") return [node["id"] as Node];
  return node.type.includes("Function") ? (node["params"] as Node[]) : [];
}

function edited(code: string, edits: readonly Edit[]): string {
  let text = "";
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    text += code.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return text + code.slice(from);
}
