import { describe, expect, test } from '@jest/globals';
import { mapClauses } from './clause-map.js';
import { contracts } from './contracts.js';
import { mapAsJson } from './print.js';
import { proofsOfThisProject } from './proofs.js';
import { allDeclarations, allTests } from './sources.js';
import { weave } from './weave.js';
import { committedPages } from './woven-files.js';

describe('this project', () => {
  const map = mapClauses(contracts, allDeclarations(), allTests(), proofsOfThisProject);

  test('every clause is bound, has its words and a test that carries its id; nothing is orphaned', () => {
    expect(map.gaps).toEqual([]);
    expect(mapAsJson(map)).toMatchObject({ rules: 150, tested: 150 });
  });

  test('docs/contracts is what the weaver writes now: run `npm run clauses -- --write`', async () => {
    expect(await committedPages()).toEqual(weave(contracts, map));
  });
});
