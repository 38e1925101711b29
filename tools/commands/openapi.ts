import { runCommand } from '../failure.js';
import { writeBaseline, writeOpenApi } from '../openapi/index.js';

/**
 * `npm run openapi`: the OpenAPI files of both servers and the types of the client between them. With
 * `-- --release` the public documents also become what later ones may not break.
 */
await runCommand(async () => {
  for (const path of await writeOpenApi()) process.stdout.write(`${path}\n`);
  if (process.argv.includes('--release'))
    for (const path of await writeBaseline()) process.stdout.write(`${path}\n`);
  return 0;
});
