"use strict";

const vscode = require("vscode");
const { CloseAction, LanguageClient } = require("vscode-languageclient/node");

const INSTALL = "in a clone of crmtool: pip install '.[lsp]'";
const FILES = ["**/contacts/**/*.md", "**/criteria.yaml"];

/** A client that leaves it to `start` to tell why it could not be started: once, and with what to do about it. */
class Client extends LanguageClient {
  constructor([command, ...args]) {
    super("crmtool", { command, args }, {
      documentSelector: FILES.map((pattern) => ({ scheme: "file", pattern })),
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (...what) => this.usual.error(...what),
        closed: () => (this.started ? this.usual.closed() : { action: CloseAction.DoNotRestart, handled: true }),
      },
    });
    this.started = false;
    this.usual = this.createDefaultErrorHandler();
  }

  async start() {
    await super.start();
    this.started = true;
  }

  error(message, data, show) {
    super.error(message, data, this.started ? show : false);
  }
}

let client;
let turn = Promise.resolve();

/** Start the server anew; whoever asks for it while that is going on waits for his turn. */
function restart() {
  turn = turn.then(stop).then(start);
  return turn;
}

async function start() {
  // Settings are not held to their types: a text instead of a list is a program without arguments.
  const command = [vscode.workspace.getConfiguration("crmtool").get("command")].flat();
  client = new Client(command);
  try {
    await client.start();
  } catch {
    void tell(command, client.outputChannel);
  }
}

async function tell(command, output) {
  const [settings, log] = ["Open Settings", "Show Output"];
  const choice = await vscode.window.showErrorMessage(
    `“${command.join(" ")}” could not be started. Install it (${INSTALL}), or name it in the setting crmtool.command.`,
    settings,
    log,
  );
  if (choice === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "crmtool.command");
  } else if (choice === log) {
    output.show();
  }
}

async function stop() {
  const stopped = client;
  client = undefined;
  try {
    await stopped?.dispose();
  } catch {
    // One that never ran cannot be stopped.
  }
}

function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("crmtool.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("crmtool.command")) {
        void restart();
      }
    }),
  );
  return restart();
}

function deactivate() {
  return turn.then(stop);
}

module.exports = { activate, deactivate };
