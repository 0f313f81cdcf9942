"use strict";

// Make dist/extension.js, one file of all that the extension needs, and dist/LICENSES.txt, the licences of what is in it.

const { build } = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

async function main() {
  const { metafile } = await build({
    entryPoints: ["extension.js"],
    outfile: "dist/extension.js",
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    external: ["vscode"],
    metafile: true,
    logLevel: "warning",
  });
  const inside = Object.keys(metafile.inputs).map((file) => file.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  const packages = [...new Set(inside)].filter(Boolean).sort();
  fs.writeFileSync("dist/LICENSES.txt", packages.map(licence).join("\n"));
}

function licence(folder) {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}\n\n${fs.readFileSync(path.join(folder, file), "utf8")}`;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
