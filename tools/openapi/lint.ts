import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../project.js';

/** Below `node_modules`. */
export const SPECTRAL = '@stoplight/spectral-cli/dist/index.js';
/** Relative to the project; both rulesets it extends are installed, so nothing is fetched. */
export const RULESET = '.spectral.yaml';
/** What others build against; the internal document has one reader, whose types are generated from it. */
export const LINTED_FILES = [
  'apps/gateway/openapi/intermediary.yaml',
  'apps/gateway/openapi/public.yaml',
  'apps/bank-core/openapi/public.yaml',
  'apps/bank-core/openapi/staff.yaml',
] as const;

export interface LintFinding {
  readonly code: string;
  /** 0 is an error. */
  readonly severity: number;
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly source: string;
}

/** Every finding of the ruleset in these files, worst first. */
export async function lintApi(files: readonly string[] = LINTED_FILES): Promise<LintFinding[]> {
  const program = join(projectRoot, 'node_modules', SPECTRAL);
  const args = ['lint', ...files, '--ruleset', RULESET, '--format', 'json', '--quiet'];
  const run = promisify(execFile);
  // It ends with 1 where it found an error, which is an answer and no failure.
  const { stdout } = await run(process.execPath, [program, ...args], {
    cwd: projectRoot,
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: unknown) => error as { stdout: string });
  return (JSON.parse(stdout || '[]') as LintFinding[]).sort((a, b) => a.severity - b.severity);
}
