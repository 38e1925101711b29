import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { projectRoot } from '../../../../../tools/project.js';
import { isOpen } from './open-calls.js';

interface Published {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { security?: object[] }>>>>;
}

async function operationsOf(document: string): Promise<[route: string, needsToken: boolean][]> {
  const file = join(projectRoot, 'apps/gateway/openapi', `${document}.yaml`);
  const { paths } = parse(await readFile(file, 'utf8')) as Published;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).map(({ security = [] }): [string, boolean] => [
      path,
      security.some((way) => 'dpop' in way),
    ]),
  );
}

describe('T-31 what nobody asks a token for is counted at its address', () => {
  test.each(['public', 'registration', 'intermediary'])('every operation of %s', async (name) => {
    const operations = await operationsOf(name);
    expect(operations.length).toBeGreaterThan(5);
    const wrong = operations.filter(([route, needsToken]) => isOpen(route) === needsToken);
    expect(wrong).toEqual([]);
    expect(operations.some(([, needsToken]) => needsToken)).toBe(name === 'intermediary');
  });

  test.each([['/interactions/:uid/return'], ['/readyz'], [undefined]])('%s is open', (route) => {
    expect(isOpen(route)).toBe(true);
  });
});
