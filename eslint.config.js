// What every script of ours keeps to.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/", ".local/", "node_modules/"] },
  js.configs.recommended,
  {
    files: ["infra/**/js/**", "sites/**/js/**", "undergrounding/**/js/**"],
    languageOptions: {
      // L is django-leaflet's one Leaflet, gettext and its kin are Django's JavaScript catalogue.
      globals: {
        ...globals.browser,
        L: "readonly",
        gettext: "readonly",
        ngettext: "readonly",
        pgettext: "readonly",
        interpolate: "readonly",
      },
    },
    rules: { eqeqeq: "error", "no-var": "error", "prefer-const": "error" },
  },
  { files: ["**/*.test.js", "script/**", "eslint.config.js"], languageOptions: { globals: globals.node } },
];
