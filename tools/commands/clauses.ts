import { parseArgs } from 'node:util';
import { mapClauses } from '../clauses/clause-map.js';
import { contracts } from '../clauses/contracts.js';
import { mapAsJson, mapAsText } from '../clauses/print.js';
import { proofsOfThisProject } from '../clauses/proofs.js';
import { allDeclarations, allTests } from '../clauses/sources.js';
import { weave } from '../clauses/weave.js';
import { writePages } from '../clauses/woven-files.js';
import { runCommand } from '../failure.js';

/**
 * `npm run clauses [-- --json] [--write]`: the map clause ↔ code ↔ test. Ends with 1 while a clause
 * lacks its binding, words or test, a test carries an id that no clause has, or a proof that has to be
 * shown through the servers is named by none of their tests. `--write` weaves `docs/contracts` anew.
 */
async function clauses(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const map = mapClauses(contracts, allDeclarations(), allTests(), proofsOfThisProject);
  if (values.write) await writePages(weave(contracts, map));
  const said = values.json ? `${JSON.stringify(mapAsJson(map), null, 2)}\n` : mapAsText(map);
  process.stdout.write(said);
  return map.gaps.length === 0 ? 0 : 1;
}

await runCommand(() => clauses(process.argv.slice(2)));
