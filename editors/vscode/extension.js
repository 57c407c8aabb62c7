// Starts `tamis lsp` for .tamis files; everything else is the server's.

const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const settings = workspace.getConfiguration("tamis");
  const server = {
    command: settings.get("path"),
    args: ["lsp", ...settings.get("arguments")],
  };
  client = new LanguageClient("tamis", "Tamis", server, {
    documentSelector: [{ language: "tamis" }],
  });
  return client.start();
};

exports.deactivate = () => client?.stop();
