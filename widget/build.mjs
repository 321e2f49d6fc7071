// Builds the widget, the part of it that listens, and the part that runs beside the page. `--check` rebuilds in memory and compares.
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = new URL(".", import.meta.url);

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

const BANNER = "/* Meedoen chat widget. EUPL-1.2. Contains Lit (BSD-3-Clause, Google LLC). Built from widget/, do not edit. */\n";

async function built(entry, define = {}) {
  const result = await build({
    absWorkingDir: new URL(".", here).pathname,
    entryPoints: [entry],
    outfile: "out.js",
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2021"],
    charset: "utf8",
    legalComments: "none",
    sourcemap: "external",
    plugins: [tight],
    write: false,
    define,
  });
  const [code, map] = [".js", ".map"].map((end) => result.outputFiles.find((file) => file.path.endsWith(end)));
  return { code: BANNER + code.text, map: map.contents };
}

const hash = (code) => createHash("sha384").update(code).digest();
const worklet = await built("src/voice-worklet.ts");
const voice = await built("src/voice-bar.ts");
// Both are fetched when somebody presses the button; the hash of the one that can be checked is built into the widget.
const pinned = {
  path: `widget-voice.js?v=${hash(voice.code).toString("hex").slice(0, 12)}`,
  worklet: `widget-voice-worklet.js?v=${hash(worklet.code).toString("hex").slice(0, 12)}`,
  integrity: `sha384-${hash(voice.code).toString("base64")}`,
};
const widget = await built("src/index.ts", { VOICE: JSON.stringify(pinned) });
const files = { "widget.js": [widget, 25 * 1024], "widget-voice.js": [voice, 8 * 1024], "widget-voice-worklet.js": [worklet, 2 * 1024] };

for (const [name, [{ code }, limit]] of Object.entries(files)) {
  const size = gzipSync(code, { level: 9 }).length;
  console.log(`${name} ${code.length} bytes, ${size} bytes gzip (limit ${limit})`);
  if (size > limit) throw new Error(`${name} is larger than its budget`);
}

for (const [name, [{ code, map }]] of Object.entries(files)) {
  const target = new URL(`../assistant/gateway/static/${name}`, here);
  if (process.argv.includes("--check")) {
    if ((await readFile(target, "utf8").catch(() => "")) === code) continue;
    console.error(`assistant/gateway/static/${name} is not what widget/src builds: run \`npm run build\``);
    process.exit(1);
  }
  const maps = new URL("node_modules/.cache/", here);
  await mkdir(new URL(".", target), { recursive: true });
  await mkdir(maps, { recursive: true });
  await writeFile(target, code);
  await writeFile(new URL(`${name}.map`, maps), map);
}
