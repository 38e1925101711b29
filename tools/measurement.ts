import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { pathToFileURL } from 'node:url';
import { instantToWire } from '#libs/kernel';
import { Failure } from './failure.js';
import { machineNow } from './machine-clock.js';
import { compiled } from './project.js';

/** What a campaign or a bench answers: one object, figures as numbers by key (design section 5). */
export interface Measured {
  readonly name: string;
  /** null where it could not be measured; then `reasons` says why under the same key. */
  readonly figures: Readonly<Record<string, number | null>>;
  readonly reasons?: Readonly<Record<string, string>>;
  readonly conditions: Readonly<Record<string, unknown>>;
}

export interface MeasuringModule {
  run(options: { readonly json: boolean; readonly args: readonly string[] }): Promise<Measured>;
}

const REASON_MAX = 100;

/** Loads `<folder>/<name>`, runs it and prints its object (`--json`) or a table. */
export async function measure(
  folder: 'campaigns' | 'bench',
  argv: readonly string[],
): Promise<number> {
  const [name = '', ...rest] = argv;
  const file = compiled('tools', folder, `${name}.js`);
  if (!/^[a-z0-9-]+$/.test(name) || !existsSync(file)) throw await unknown(folder, name);
  const isJson = rest.includes('--json');
  const args = rest.filter((arg) => arg !== '--json');
  const module = (await import(pathToFileURL(file).href)) as MeasuringModule;
  const measured = await module.run({ json: isJson, args });
  const conditions = { ...machine(), ...measured.conditions };
  process.stdout.write(isJson ? asJson({ ...measured, conditions }) : asTable(measured));
  return 0;
}

/** Where and when: a figure without its machine compares with nothing. */
function machine(): Record<string, string | number> {
  return {
    at: instantToWire(machineNow()),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory_gb: Math.round(totalmem() / 2 ** 30),
  };
}

const asJson = (measured: Measured): string => `${JSON.stringify(measured, null, 2)}\n`;

function asTable({ name, figures, reasons }: Measured): string {
  const rows = Object.entries(figures).map(([key, value]) => {
    const reason = reasons?.[key] ? `   ${reasons[key].slice(0, REASON_MAX)}` : '';
    return `  ${key.padEnd(28)} ${String(value ?? '–').padStart(12)}${reason}`;
  });
  return `${name}\n${rows.join('\n')}\n`;
}

async function unknown(folder: string, name: string): Promise<Failure> {
  const files = await readdir(compiled('tools', folder)).catch(() => []);
  const names = files
    .filter((file) => /^[a-z0-9-]+\.js$/.test(file))
    .map((file) => file.slice(0, -3))
    .sort();
  const word = folder === 'bench' ? 'bench' : 'campaign';
  return new Failure(
    {
      ja: `「${name}」という名前はありません。npm run ${word} -- ${names.join(' | ')}`,
      en: `There is no ${word} "${name}"; choose: npm run ${word} -- ${names.join(' | ')}`,
    },
    2,
  );
}
