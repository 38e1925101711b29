import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project.js';
import { STORIES, told } from './index.js';

const PLACE = join(projectRoot, 'docs', 'examples');

/** Each story as its clauses tell it; the servers answer what the story says, or it is not told to its end. */
const TITLES = {
  'security-deficiency':
    'RKN-0.1, RKN-S4a, RKN-S4b, RKN-S4c publication, checklist, demand, judgements, notice, suspension, resumption',
  'chain-partner-breach':
    'RKN-C2a, RKN-C2b, RKN-C2c a partner is asked to be stopped, refused alone, and resumed',
  theft: 'SM-14.2a, RKN-L1a, RKN-L4-1 a theft is reported, compensated, attributed and recoursed',
} as const;

describe('the examples', () => {
  test('every story has a title here', () => {
    expect(Object.keys(TITLES)).toEqual(Object.keys(STORIES));
  });

  test.each(Object.entries(TITLES).map(([folder, title]) => [title, folder] as const))(
    '%s',
    async (_title, folder) => {
      const files = await told(STORIES[folder]!);
      const written = existsSync(join(PLACE, folder)) ? readdirSync(join(PLACE, folder)) : [];
      expect(written.map((name) => `${folder}/${name}`).sort()).toEqual(
        files.map(([path]) => path).sort(),
      );
      for (const [path, bytes] of files) {
        const isSame = readFileSync(join(PLACE, path)).equals(bytes);
        expect({ path, isSame }).toEqual({ path, isSame: true });
      }
    },
  );
});
