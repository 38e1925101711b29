import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Words } from '#libs/kernel';
import { compiled } from '../project.js';

/** One code as one place of the house uses it. */
export interface ListedRefusal extends Words {
  readonly code: string;
  readonly clause: string | undefined;
  /** HTTP status where the place answers over HTTP. */
  readonly status: number | undefined;
  /** `gateway/transfers`, `bank-core/limits`, `libs/liability`. */
  readonly place: string;
}

type Exports = Readonly<Record<string, unknown>>;
type Sentence = Words & { readonly clause?: string };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSentence = (value: unknown): value is Sentence =>
  isObject(value) && typeof value['ja'] === 'string' && typeof value['en'] === 'string';

const areSentences = (value: unknown): value is Record<string, Sentence> =>
  isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isSentence);

const areStatuses = (value: unknown): value is Record<string, number> =>
  isObject(value) &&
  Object.keys(value).length > 0 &&
  Object.values(value).every((each) => Number.isInteger(each) && Number(each) >= 400);

/** `dist/apps/gateway/src/bank/x.js` → `gateway/bank`; `dist/libs/liability/src/…` → `libs/liability`. */
export function placeOf(path: string): string {
  const [door = '', house = '', , room = ''] = path.split('/');
  return door === 'apps' ? `${house}/${room}` : `libs/${house}`;
}

async function exportsOf(suffix: string): Promise<[string, Exports][]> {
  const found: [string, Exports][] = [];
  for (const door of ['apps', 'libs']) {
    const folder = compiled(door);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(suffix))
      .sort();
    for (const file of files) {
      const path = join(folder, file);
      const module = (await import(pathToFileURL(path).href)) as Exports;
      found.push([relative(compiled(), path), module]);
    }
  }
  return found;
}

/** Every refusal of the house with its sentences, and the status where one is given. Sorted by place and code. */
export async function collectRefusals(): Promise<ListedRefusal[]> {
  const statuses = new Map<string, number>();
  const mark = (place: string, module: Exports) => {
    for (const table of Object.values(module).filter(areStatuses)) {
      for (const [code, status] of Object.entries(table)) {
        const app = place.split('/')[0] ?? '';
        statuses.set(`${app} ${code}`, status);
      }
    }
  };
  const sentences = await exportsOf('.refusals.js');
  for (const [path, module] of [...(await exportsOf('.problems.js')), ...sentences]) {
    mark(placeOf(path), module);
  }
  const listed = sentences.flatMap(([path, module]) => {
    const place = placeOf(path);
    const app = place.split('/')[0] ?? '';
    return Object.values(module)
      .filter(areSentences)
      .flatMap((table) =>
        Object.entries(table).map(([code, { ja, en, clause }]) => {
          const status = statuses.get(`${app} ${code}`);
          return { code, clause, status, place, ja, en };
        }),
      );
  });
  const order = (a: ListedRefusal, b: ListedRefusal) =>
    a.place.localeCompare(b.place, 'en') || a.code.localeCompare(b.code, 'en');
  const unique = new Map(listed.map((each) => [`${each.place} ${each.code}`, each]));
  return [...unique.values()].sort(order);
}
