import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../failure.js';
import { projectRoot } from '../project.js';
import { refusalsPage } from '../refusals/page.js';

/** `npm run refusals [-- --write]`: every refusal of the house, printed or written to docs/refusals.md. */
await runCommand(async () => {
  const page = await refusalsPage();
  if (process.argv.includes('--write'))
    await writeFile(join(projectRoot, 'docs/refusals.md'), page);
  else process.stdout.write(page);
  return 0;
});
