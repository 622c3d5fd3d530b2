// Every <app>/js/pages/<name>.js becomes build/<name>.js; infra/css/app.css becomes build/app.css.
import { build } from "esbuild";
import { existsSync, readdirSync, rmSync } from "node:fs";

const outdir = `${process.env.LOCAL_DIR ?? ".local"}/assets/build`;
const entryPoints = { app: "infra/css/app.css" };
for (const app of ["infra", "sites", "undergrounding"]) {
  const folder = `${app}/js/pages`;
  if (!existsSync(folder)) continue;
  for (const file of readdirSync(folder)) {
    if (file.endsWith(".js") && !file.endsWith(".test.js")) {
      entryPoints[file.replace(/\.js$/, "")] = `${folder}/${file}`;
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

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints,
  outdir,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome90", "firefox90", "safari14"],
  loader: { ".woff": "file", ".woff2": "file", ".svg": "file", ".png": "file" },
  assetNames: "media/[name]-[hash]",
  plugins: [theOneLeaflet],
  logLevel: "info",
});
