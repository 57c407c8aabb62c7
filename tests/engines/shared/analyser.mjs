// Microsoft's own analyser of KQL: the errors it finds in each text, line by line.

import { createInterface } from 'node:readline';
import { require } from './runner.mjs';

require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { Language } = globalThis.Kusto;
const { Symbols } = Language;

let globals;

function declare({ table, columns }) {
  const column = ([name, type]) =>
    new Symbols.ColumnSymbol(name, Symbols.ScalarTypes.GetSymbol(type), null, null, null, null);
  const symbol = new Symbols.TableSymbol.$ctor4(table, Object.entries(columns).map(column));
  const database = new Symbols.DatabaseSymbol.ctor('hunting', [symbol]);
  globals = Language.GlobalState.Default.WithDatabase(database);
}

function errors(text) {
  const found = Language.KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  return Array.from({ length: found.Count }, (_, at) => `${found.getItem(at).Code} ${found.getItem(at).Message}`);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  if (request.table) declare(request);
  console.log(JSON.stringify(request.table ? [] : errors(request.text)));
});
