import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findingsIn, type Finding, type SourceFile } from './findings.js';

const root = join(import.meta.dirname, '..', '..', '..');

/** The files git knows or would take; without a repository (an unpacked archive) every file below the doors. */
function sources(): SourceFile[] {
  const git = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths =
    git.status === 0
      ? git.stdout.split('\n').filter(Boolean)
      : ['apps', 'libs', 'tools', 'docs'].flatMap((door) =>
          readdirSync(join(root, door), { recursive: true, encoding: 'utf8' }).map((path) =>
            join(door, path),
          ),
        );
  return paths
    .filter(
      (path) => /\.(ts|tsx|mjs|cjs|md|json|ya?ml|css)$/.test(path) && path !== 'package-lock.json',
    )
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const known = JSON.parse(readFileSync(join(root, 'tools/tidy/known.json'), 'utf8')) as string[];
const key = (finding: Finding) => `${finding.rule} ${finding.path}`;

describe('the house is tidy', () => {
  const findings = sources().flatMap(findingsIn);

  test('nothing untidy stands outside the list of known exceptions', () => {
    const fresh = findings.filter((finding) => !known.includes(key(finding)));
    expect(fresh.map((finding) => `${key(finding)}: ${finding.detail}`)).toEqual([]);
  });

  test('the list of known exceptions only shrinks: an entry that no longer fails is removed', () => {
    const still = new Set(findings.map(key));
    expect(known.filter((entry) => !still.has(entry))).toEqual([]);
  });

  test.each(['apps/bank-core/src', 'apps/gateway/src'])(
    'every room of %s has its door',
    (folder) => {
      const rooms = readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'platform')
        .map((entry) => entry.name);
      const bare = rooms.flatMap((room) =>
        ['README.md', 'dependencies.json', 'index.ts']
          .filter((file) => !existsSync(join(root, folder, room, file)))
          .map((file) => `${room}/${file}`),
      );
      expect(bare).toEqual([]);
    },
  );
});

describe('tidy finds what it looks for', () => {
  test.each<[string, string, string]>([
    ['too-long', 'apps/a/src/x.ts', 'const a = 1;\n'.repeat(401)],
    ['wide-line', 'libs/a/src/x.ts', `const a = ${'1'.repeat(130)};`],
    ['unfinished', 'libs/a/src/x.ts', `// ${'FIX'}ME later`],
    ['vague-name', 'libs/a/src/utils.ts', ''],
    ['not-kebab', 'libs/a/src/AccountStore.ts', ''],
    ['any', 'libs/a/src/x.ts', 'const a: any = 1;'],
    ['yen-as-number', 'libs/a/src/x.ts', 'const amountYen: number = 1;'],
    ['machine-path', 'docs/a.md', `see ${'/ho'}me/someone/x`],
    ['disabled-lint', 'libs/a/src/x.ts', `// ${'eslint'}-disable-next-line no-console`],
  ])('%s', (rule, path, text) => {
    expect(findingsIn({ path, text }).map((finding) => finding.rule)).toContain(rule);
  });
});
