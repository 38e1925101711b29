import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../files.js';
import { projectRoot } from '../project.js';

/** Where jest writes its result; `.ci/run` counts from it. */
export const resultFile = join(projectRoot, 'reports', 'jest.json');

/** Runs jest over the compiled code. Returns its exit code; 1 when a signal ended it. */
export async function runJest(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  onStart: (kill: () => void) => void = () => undefined,
): Promise<number> {
  await makeFolder(join(projectRoot, 'reports'), 0o755);
  await rm(resultFile, { force: true });
  const child = spawn(
    process.execPath,
    [
      // Nest 12 and oidc-provider are ES modules; jest loads those through vm modules only.
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      // Every suite loads its modules anew: with V8's own 16 MB a worker spends an eighth of its time collecting them.
      '--max-semi-space-size=64',
      join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--config',
      join(projectRoot, 'jest.config.mjs'),
      '--json',
      `--outputFile=${resultFile}`,
      ...args,
    ],
    {
      cwd: projectRoot,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...environment },
    },
  );
  onStart(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
