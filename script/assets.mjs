// Every <app>/…/js/pages/<name>.js becomes build/<name>.js, what several share build/chunks/…;
// infra/web/css/app.css and each half's css/app.css become build/app.css.
import { build } from "esbuild";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { PurgeCSS } from "purgecss";

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

// Of Bootstrap only what a template, a form or a script names: the rest is four fifths of it.
const words = globSync([
  "{infra,sites,undergrounding}/**/*.html",
  "{infra,sites,undergrounding}/**/js/**/*.js",
  "{infra,sites,undergrounding}/**/{forms,filters,workflow,workflows,fields,widgets}*.py",
  "{infra,sites,undergrounding}/**/{forms,tags}/*.py",
  ".venv/lib/python*/site-packages/{crispy_forms,crispy_bootstrap5}/templates/**/*.html",
]);
const whatIsUsed = {
  name: "what-is-used",
  setup(task) {
    task.onLoad({ filter: /bootstrap\/dist\/css\/bootstrap\.css$/ }, async ({ path }) => {
      const [{ css }] = await new PurgeCSS().purge({
        content: words.map((file) => ({ raw: readFileSync(file, "utf8"), extension: "html" })),
        css: [{ raw: readFileSync(path, "utf8") }],
        // The style of a step's button is put together by its template: btn-{{ style }}.
        safelist: [/^btn-/],
      });
      return { contents: css, loader: "css" };
    });
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
  format: "esm",
  target: ["es2020", "chrome90", "firefox90", "safari15"],
  external: ["fonts/*"],
  plugins: [theOneLeaflet, whatIsUsed],
  logLevel: "info",
};
const scripts = await build({
  ...shared,
  entryPoints,
  splitting: true,
  chunkNames: "chunks/[hash]",
  metafile: true,
});
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

// build/bundles.json: what each script imports, however deep, so that a page asks for all at once.
const { outputs } = scripts.metafile;
const importsOf = (file) =>
  outputs[file].imports
    .filter(({ kind }) => kind === "import-statement")
    .flatMap(({ path }) => [path, ...importsOf(path)]);
const bundles = Object.fromEntries(
  Object.entries(outputs)
    .filter(([file, { entryPoint }]) => entryPoint && file.endsWith(".js"))
    .map(([file]) => {
      const pieces = importsOf(file).map((piece) => `build/${relative(outdir, piece)}`);
      return [basename(file, ".js"), [...new Set(pieces)]];
    }),
);
writeFileSync(`${outdir}/bundles.json`, JSON.stringify(bundles));

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
