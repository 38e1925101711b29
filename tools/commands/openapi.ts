import { runCommand } from '../failure.js';
import { writeOpenApi } from '../openapi/index.js';

/** `npm run openapi`: the OpenAPI files of both servers and the types of the client between them. */
await runCommand(async () => {
  for (const path of await writeOpenApi()) process.stdout.write(`${path}\n`);
  return 0;
});
