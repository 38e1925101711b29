import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../failure.js';
import { projectRoot } from '../project.js';
import { refusalsPage } from '../refusals/page.js';
import { PROBLEM_CATALOGUE, problemCatalogueSource } from '../refusals/problem-catalogue.js';

/**
 * `npm run refusals [-- --write]`: every refusal of the house, printed, or written to docs/refusals.md and into
 * what the gateway shows of each code.
 */
await runCommand(async () => {
  const page = await refusalsPage();
  if (!process.argv.includes('--write')) {
    process.stdout.write(page);
    return 0;
  }
  await writeFile(join(projectRoot, 'docs/refusals.md'), page);
  await writeFile(join(projectRoot, PROBLEM_CATALOGUE), await problemCatalogueSource());
  return 0;
});
