import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runCommand } from '../failure.js';
import { LINTED_FILES, RULESET, SPECTRAL } from '../openapi/lint.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { projectRoot } from '../project.js';

/** One gate: a program of node_modules and its arguments. */
interface Gate {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * What may land: format, lint, both compilers (style section 5 of the stack: we build with 7, the
 * tools need 6), boundaries, API documents, tidy. The launcher has already built, so a broken build never gets here.
 */
const GATES: readonly Gate[] = [
  { name: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  { name: 'lint', program: 'eslint/bin/eslint.js', args: ['.'] },
  { name: 'types (7)', program: 'typescript-native/bin/tsc', args: ['-p', '.', '--noEmit'] },
  { name: 'types (6)', program: 'typescript/bin/tsc', args: noTrace('types6') },
  {
    name: 'boundaries',
    program: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'tools'],
  },
  {
    name: 'api',
    program: SPECTRAL,
    args: ['lint', ...LINTED_FILES, '--ruleset', RULESET, '--fail-severity', 'warn', '--quiet'],
  },
];

/** Compiles for the answer alone; its notes stand apart from those of the build. */
function noTrace(notes: string): string[] {
  const file = join('dist', `.${notes}.tsbuildinfo`);
  return ['-p', '.', '--noEmit', '--tsBuildInfoFile', file];
}

/** `npm run check`: every gate runs, also after one has failed. */
async function check(): Promise<number> {
  const failed: string[] = [];
  for (const gate of GATES) {
    if (!(await passes(gate))) failed.push(gate.name);
  }
  const tidy = [join('dist', 'tools', 'commands', 'test.js'), '--selectProjects', 'pure'];
  if (!(await runs('tidy', [...tidy, '--testPathPatterns', 'tools/tidy']))) failed.push('tidy');
  const end = failed.length === 0 ? 'everything may land' : `not yet: ${failed.join(', ')}`;
  process.stderr.write(`check: ${end}\n`);
  return failed.length === 0 ? 0 : 1;
}

const passes = (gate: Gate): Promise<boolean> =>
  runs(gate.name, [join('node_modules', gate.program), ...gate.args]);

/** Its output is shown only when it fails: a gate that opens has nothing to say. */
async function runs(name: string, args: readonly string[]): Promise<boolean> {
  const since = stopwatch();
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const mark = code === 0 ? '✔' : '✘';
  const seconds = (elapsedMs(since) / 1000).toFixed(1);
  process.stderr.write(` ${mark} ${name.padEnd(12)} ${seconds} s\n`);
  if (code !== 0) process.stderr.write(said);
  return code === 0;
}

await runCommand(check);
