import { basename } from "node:path";
import { build, type Plugin } from "vite";

/*
 * How the page begins. Its first script stands in the page itself: it connects to the core while the browser is still
 * fetching the program, which a script in a file of its own would only begin to do when that file is there. All else that the
 * first screen needs is named in the page, so that it is on its way meanwhile.
 */

interface Parts {
  readonly root: string;
  /** The first script: small, on its own, and the one that loads the program. */
  readonly early: string;
  readonly program: string;
  /** Names of files that the first screen needs, and no script or style names early enough. */
  readonly fonts: RegExp;
  /** The oldest browser. */
  readonly target: string;
}

const SCRIPT_TAGS = /<script type="module" crossorigin src="(?<url>[^"]+)"><\/script>/g;
const PLACE = "<!-- early -->";

export function pageStart({ root, early, program, fonts, target }: Parts): Plugin[] {
  const tagOf = (file: string): string => `<script type="module" src="./${basename(file)}"></script>`;
  return [
    {
      name: "page-start-of-the-program",
      apply: "build",
      transformIndexHtml: {
        order: "pre",
        handler: (html) => replaced(html, tagOf(early), `${PLACE}${tagOf(program)}`),
      },
    },
    {
      name: "page-start",
      apply: "build",
      transformIndexHtml: {
        order: "post",
        async handler(html, { bundle = {} }) {
          const files = Object.values(bundle);
          const found = files.find((file) => file.type === "chunk" && file.moduleIds.includes(program));
          if (found === undefined) throw new Error("there is no program");
          const script = await earlyScript({ root, early, program, target, url: `/${found.fileName}` });
          const ahead = html.replaceAll(SCRIPT_TAGS, '<link rel="modulepreload" crossorigin href="$<url>">');
          return {
            html: replaced(ahead, PLACE, `<script>${script}</script>`),
            tags: files
              .map(({ fileName }) => fileName)
              .filter((name) => fonts.test(name))
              .map((name) => ({
                tag: "link",
                attrs: { rel: "preload", as: "font", type: "font/woff2", crossorigin: true, href: `/${name}` },
                injectTo: "head" as const,
              })),
          };
        },
      },
    },
  ];
}

function replaced(html: string, found: string, text: string): string {
  if (!html.includes(found)) throw new Error(`the page lacks ${found}`);
  // As a function: what is put in has dollar signs of its own.
  return html.replace(found, () => text);
}

/** The first script with all it imports, but for the program, which it loads from `url`. */
async function earlyScript({
  root,
  early,
  program,
  target,
  url,
}: Omit<Parts, "fonts"> & { readonly url: string }) {
  const built = await build({
    configFile: false,
    root,
    logLevel: "error",
    plugins: [
      {
        name: "program-by-its-address",
        enforce: "pre",
        async resolveId(source, importer, options) {
          const found = await this.resolve(source, importer, { ...options, skipSelf: true });
          return found?.id === program ? { id: url, external: "absolute" } : found;
        },
      },
    ],
    build: {
      write: false,
      target,
      minify: true,
      modulePreload: false,
      lib: { entry: early, formats: ["iife"], name: "early", fileName: "early" },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ("output" in one ? one.output : []));
  const code = outputs.flatMap((file) => (file.type === "chunk" ? [file.code.trim()] : [])).join("");
  if (/<\/script|<!--|import\.meta/.test(code)) throw new Error("the first script cannot stand in a page");
  return code;
}
