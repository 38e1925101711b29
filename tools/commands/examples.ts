import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { STORIES, told } from '../examples/index.js';
import { runCommand } from '../failure.js';
import { projectRoot } from '../project.js';
import { startTestCluster } from '../test/cluster.js';

/** `npm run examples`: tells every story with both servers and writes `docs/examples` anew. */
await runCommand(async () => {
  const asked = process.argv.slice(2);
  const cluster = await startTestCluster({ isThrowaway: true });
  process.env['RENKEI_TEST_CLUSTER'] = cluster.file;
  try {
    for (const [folder, tell] of Object.entries(STORIES)) {
      if (asked.length > 0 && !asked.includes(folder)) continue;
      const files = await told(tell, (word) => void process.stderr.write(`${word}\n`));
      const place = join(projectRoot, 'docs', 'examples');
      await rm(join(place, folder), { recursive: true, force: true });
      for (const [path, bytes] of files) {
        await mkdir(dirname(join(place, path)), { recursive: true });
        await writeFile(join(place, path), bytes);
        process.stdout.write(`docs/examples/${path}\n`);
      }
    }
    return 0;
  } finally {
    await cluster.stop();
  }
});
