import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allTables } from '../../libs/contracts/src/machines/explorer/all-tables.js';
import { projectRoot } from '../project.js';

/** Writes every transition table to libs/contracts/test/machines, where a change of it is reviewed. */
const folder = join(projectRoot, 'libs', 'contracts', 'test', 'machines');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(allTables))
  writeFileSync(join(folder, `${name}.txt`), text);
