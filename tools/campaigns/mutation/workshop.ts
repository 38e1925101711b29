import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { compiled, projectRoot } from '../../project.js';
import type { Area } from './areas.js';

/** A mutant of Stryker's report, in the terms that the campaign needs. */
export interface Mutant {
  /** By what it changes, not by where: `file · line's text · original → replacement`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** The whole source line on which it begins. */
  readonly text: string;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  readonly status: string;
}

interface Report {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly mutatorName: string;
          readonly replacement?: string;
          readonly status: string;
          readonly location: {
            readonly start: { readonly line: number; readonly column: number };
            readonly end: { readonly line: number; readonly column: number };
          };
        }[];
      }
    >
  >;
}

const settings = (area: Area, withStatic: boolean) => ({
  testRunner: 'in-process',
  plugins: [compiled('tools', 'campaigns', 'mutation', 'in-process-runner.js')],
  ignorers: ['sentences'],
  mutate: area.mutate,
  inPlace: true,
  buildCommand: 'node node_modules/typescript-native/bin/tsc -p .',
  renkei: { specs: area.specs, remembers: area.remembers },
  coverageAnalysis: 'perTest',
  ignoreStatic: !withStatic,
  concurrency: 1,
  // Long: a machine under load must not be taken for a mutant that never ends.
  timeoutMS: 30_000,
  timeoutFactor: 3,
  maxTestRunnerReuse: 150,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'mutation.json' },
  tempDirName: 'stryker',
  disableTypeChecks: '**/*.ts',
  warnings: { slow: false, unknownOptions: false },
  logLevel: 'warn',
  allowConsoleColors: false,
});

/** A copy of the libraries in a folder of its own: Stryker writes into the sources it mutates. */
async function furnish(folder: string, area: Area, withStatic: boolean): Promise<void> {
  await cp(join(projectRoot, 'libs'), join(folder, 'libs'), { recursive: true });
  await cp(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const text = await readFile(join(projectRoot, 'tsconfig.json'), 'utf8');
  const compiler = JSON.parse(text) as Record<string, unknown>;
  const include = ['kernel', 'contracts', 'liability'].map((lib) => `libs/${lib}/**/*.ts`);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ ...compiler, include }));
  await writeFile(join(folder, 'stryker.conf.json'), JSON.stringify(settings(area, withStatic)));
}

function runStryker(folder: string): Promise<number> {
  const bin = join(folder, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  // The build command says `node`: it must be the one that runs the campaign.
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
  const child = spawn(process.execPath, [bin, 'run', 'stryker.conf.json'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: path, RENKEI_PROPERTY_RUNS: '50' },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function between(
  source: string,
  from: { readonly line: number; readonly column: number },
  to: { readonly line: number; readonly column: number },
): string {
  const lines = source.split('\n').slice(from.line - 1, to.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, to.column - 1);
  lines[0] = (lines[0] ?? '').slice(from.column - 1);
  return lines.join('\n').replace(/\s+/g, ' ');
}

type Nameless = Omit<Mutant, 'name'>;

/**
 * Gives every mutant its name. Lines may move; where one line stands in a file more than once, the
 * second mutant of it is ` · 2nd`, and so on in the order of the text.
 */
function named(mutants: readonly Nameless[]): Mutant[] {
  const seen = new Map<string, number>();
  return mutants
    .toSorted((a, b) => a.line - b.line)
    .map((mutant) => {
      const { file, text, original, replacement } = mutant;
      const plain = `${file} · ${text} · ${original} → ${replacement}`;
      const count = (seen.get(plain) ?? 0) + 1;
      seen.set(plain, count);
      return { name: count === 1 ? plain : `${plain} · ${ordinal(count)}`, ...mutant };
    });
}

const ordinal = (count: number): string => `${count}${['', '', 'nd', 'rd'][count] ?? 'th'}`;

/** The mutants of a report, without those that were set aside as sentences. */
export function mutantsOf(report: Report): Mutant[] {
  const all = Object.entries(report.files).flatMap(([file, { source, mutants }]) =>
    named(
      mutants.map(({ mutatorName, replacement = '', status, location }) => ({
        file,
        line: location.start.line,
        text: (source.split('\n')[location.start.line - 1] ?? '').trim(),
        mutator: mutatorName,
        original: between(source, location.start, location.end),
        replacement: replacement.replace(/\s+/g, ' '),
        status,
      })),
    ),
  );
  return all.filter(({ status }) => status !== 'Ignored');
}

/** Mutates one area and returns every mutant with what became of it. Throws where Stryker fails. */
export async function mutate(area: Area, withStatic: boolean): Promise<Mutant[]> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-mutation-'));
  try {
    await furnish(folder, area, withStatic);
    const code = await runStryker(folder);
    if (code !== 0) throw new Error(`Stryker ended with ${code} in the area ${area.name}.`);
    const text = await readFile(join(folder, 'mutation.json'), 'utf8');
    return mutantsOf(JSON.parse(text) as Report);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
