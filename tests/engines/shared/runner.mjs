// What the JavaScript runners share; the protocol is that of runner.py.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

/** Packages are those in the folder that tests/engines/setup fills. */
export const require = createRequire(`${process.env.TAMIS_ENGINES}/package.json`);

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

const attempt = (work) => {
  try {
    return work();
  } catch (error) {
    return { error: String(error).slice(0, 2000) };
  }
};

/** `load` takes a load request; `select` an output and gives the row numbers. */
export function serve(engine, version, load, select) {
  say({ engine, version });
  createInterface({ input: process.stdin }).on('line', (line) => {
    const request = JSON.parse(line);
    if (request.load) {
      say(attempt(() => (load(request.load), { ok: true })));
    } else {
      say({ rows: request.select.map((output) => attempt(() => select(output))) });
    }
  });
}
