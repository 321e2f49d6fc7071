// Builds src/index.ts into the one file that the gateway serves. `--check` rebuilds in memory and compares.
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = new URL(".", import.meta.url);
const target = new URL("../assistant/gateway/static/widget.js", here);
const map = new URL("node_modules/.cache/widget.js.map", here);
const LIMIT = 25 * 1024;

// White space in the templates is layout of the source; in the page it costs bytes.
const tight = {
  name: "tight-templates",
  setup(it) {
    it.onLoad({ filter: /src\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: source.replace(/\n\s+/g, "\n"), loader: "ts" };
    });
  },
};

const result = await build({
  absWorkingDir: new URL(".", here).pathname,
  entryPoints: ["src/index.ts"],
  outfile: "widget.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2021"],
  charset: "utf8",
  legalComments: "none",
  sourcemap: "external",
  plugins: [tight],
  write: false,
});
const banner = "/* Meedoen chat widget. EUPL-1.2. Contains Lit (BSD-3-Clause, Google LLC). Built from widget/, do not edit. */\n";
const code = banner + result.outputFiles.find((file) => file.path.endsWith(".js")).text;
const size = gzipSync(code, { level: 9 }).length;
console.log(`widget.js ${code.length} bytes, ${size} bytes gzip (limit ${LIMIT})`);
if (size > LIMIT) throw new Error("the widget is larger than its budget");

if (process.argv.includes("--check")) {
  const committed = await readFile(target, "utf8").catch(() => "");
  if (committed !== code) {
    console.error("assistant/gateway/static/widget.js is not what widget/src builds: run `npm run build`");
    process.exit(1);
  }
} else {
  await mkdir(new URL(".", target), { recursive: true });
  await mkdir(new URL(".", map), { recursive: true });
  await writeFile(target, code);
  await writeFile(map, result.outputFiles.find((file) => file.path.endsWith(".map")).contents);
}
