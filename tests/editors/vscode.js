"use strict";

// Run an extension with a `vscode` that stands in for the editor, in which one file is open. Tells on lines of JSON what the
// extension does there. Runs the commands that come in on lines, and deactivates the extension when they end.
// Usage: node vscode.js MAIN FILE COMMAND-AS-JSON

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const readline = require("node:readline");
const url = require("node:url");

const [main, file, command] = process.argv.slice(2);

const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

/** Something of which anything can be read, that can be called and that can be made: what the test does not look at. */
function anything() {
  const known = { dispose() {}, then: undefined, [Symbol.toPrimitive]: () => "", [Symbol.iterator]: () => [][Symbol.iterator]() };
  return new Proxy(class {}, {
    get: (target, name) => (name in known ? known[name] : (target[name] ?? (target[name] = anything()))),
    apply: () => anything(),
  });
}

/** Some things that are known, and anything else. */
const partly = (known) =>
  new Proxy(known, { get: (target, name) => (name in target ? target[name] : (target[name] = anything())) });

/** The regular expression of a glob pattern. */
function regex(pattern) {
  const parts = { "**/": "(.*/)?", "*": "[^/]*", ".": "\\." };
  return new RegExp(`^${pattern.replace(/\*\*\/|\*|\./g, (part) => parts[part])}$`);
}

class Uri {
  constructor(text) {
    this.scheme = text.split(":")[0];
    this.fsPath = this.path = this.scheme === "file" ? url.fileURLToPath(text) : text;
    this.text = text;
  }
  static parse = (text) => new Uri(text);
  static file = (name) => new Uri(url.pathToFileURL(name).href);
  toString = () => this.text;
}

class Place {
  constructor(...parts) {
    [this.line, this.character] = parts;
    [this.start, this.end] = parts;
  }
}

class Diagnostic {
  constructor(range, message) {
    Object.assign(this, { range, message });
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
  cancel() {}
  dispose() {}
}

class EventEmitter {
  listeners = [];
  event = (listener) => {
    this.listeners.push(listener);
    return { dispose() {} };
  };
  fire = (what) => this.listeners.forEach((listener) => listener(what));
  dispose() {}
}

const source = fs.readFileSync(file, "utf8");
const opened = { uri: Uri.file(file), languageId: "markdown", version: 1, isClosed: false, getText: () => source };
const folder = { uri: Uri.file(path.dirname(path.dirname(file))), name: "sales", index: 0 };
const commands = new Map();
let clients = 0;

const vscode = partly({
  Uri,
  Position: Place,
  Range: Place,
  Diagnostic,
  CancellationTokenSource,
  EventEmitter,
  version: "1.91.0",
  env: partly({ appName: "stand-in", language: "en" }),
  window: partly({
    visibleTextEditors: [],
    activeTextEditor: undefined,
    tabGroups: partly({ all: [] }),
    showErrorMessage: async (message) => tell({ error: message }),
  }),
  commands: partly({
    registerCommand(name, run) {
      commands.set(name, run);
      tell({ command: name });
      return { dispose() {} };
    },
  }),
  languages: partly({
    match: (selector, document) => (selector.some(({ pattern }) => regex(pattern).test(document.uri.fsPath)) ? 10 : 0),
    createDiagnosticCollection() {
      const client = ++clients;
      const codes = (found) => found.map(({ code, message }) => [code.value, message]);
      return partly({ set: (uri, found) => tell({ client, file: uri.fsPath, found: codes(found) }) });
    },
  }),
  workspace: partly({
    textDocuments: [opened],
    notebookDocuments: [],
    workspaceFolders: [folder],
    getWorkspaceFolder: () => folder,
    getConfiguration: () => partly({ get: (name, other) => (name === "command" ? JSON.parse(command) : other) }),
    createFileSystemWatcher: (pattern) => (tell({ watched: pattern.pattern ?? pattern }), anything()),
  }),
});

const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));

const extension = require(path.resolve(main));
extension.activate({ subscriptions: [] }).then(() => tell({ activated: true }));

readline
  .createInterface({ input: process.stdin })
  .on("line", (line) => commands.get(line)())
  .on("close", () => extension.deactivate().then(() => process.exit(0)));
