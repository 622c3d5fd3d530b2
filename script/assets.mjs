// Every <app>/…/js/pages/<name>.js becomes build/<name>.js; infra/web/css/app.css and each half's
// css/app.css become build/app.css.
import { build } from "esbuild";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const outdir = `${process.env.LOCAL_DIR ?? ".local"}/assets/build`;
const apps = ["infra", "sites", "undergrounding"];
const entryPoints = [];
for (const app of apps) {
  for (const file of readdirSync(app, { recursive: true })) {
    if (/(^|\/)js\/pages\/[^/]+(?<!\.test)\.js$/.test(file)) {
      entryPoints.push({ in: `${app}/${file}`, out: basename(file, ".js") });
    }
  }
}
// The one Leaflet is django-leaflet's: every library that asks for it gets window.L.
const theOneLeaflet = {
  name: "the-one-leaflet",
  setup(task) {
    task.onResolve({ filter: /^leaflet$/ }, () => ({ path: "leaflet", namespace: "global" }));
    task.onLoad({ filter: /.*/, namespace: "global" }, () => ({
      contents: "module.exports = window.L",
    }));
  },
};

const styles = ["infra/web", "sites", "undergrounding"]
  .map((folder) => `./${folder}/css/app.css`)
  .filter((file) => existsSync(file));

rmSync(outdir, { recursive: true, force: true });
const shared = {
  outdir,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome90", "firefox90", "safari15"],
  loader: { ".woff": "file", ".woff2": "file", ".svg": "file", ".png": "file" },
  assetNames: "media/[name]-[hash]",
  plugins: [theOneLeaflet],
  logLevel: "info",
};
await build({ ...shared, entryPoints });
await build({
  ...shared,
  stdin: {
    contents: styles.map((file) => `@import "${file}";`).join("\n"),
    loader: "css",
    resolveDir: ".",
    sourcefile: "app.css",
  },
  entryNames: "app",
});

// build/icons.svg holds the bootstrap-icons that templates, Python and scripts name:
// {% icon "bell" %}, icon="bell", icon_name="bell", icon("bell").
const named = /\bicon(?:_name)?(?:\|default:|\s*[=(:]?\s*)["']([a-z0-9-]+)["']/g;
const used = new Set();
for (const app of apps) {
  for (const file of readdirSync(app, { recursive: true })) {
    if (!/\.(html|py|js)$/.test(file)) continue;
    for (const [, name] of readFileSync(`${app}/${file}`, "utf8").matchAll(named)) used.add(name);
  }
}
const symbols = [...used].sort().flatMap((name) => {
  const file = `node_modules/bootstrap-icons/icons/${name}.svg`;
  if (!existsSync(file)) return [];
  const svg = readFileSync(file, "utf8");
  const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  const box = svg.match(/viewBox="([^"]+)"/)[1];
  return [`<symbol id="${name}" viewBox="${box}">${inside}</symbol>`];
});
mkdirSync(outdir, { recursive: true });
writeFileSync(`${outdir}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
