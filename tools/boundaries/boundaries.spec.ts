import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..', '..');
const require = createRequire(import.meta.url);
const { boundaryRules } = require(join(root, 'tools/boundaries/rules.cjs')) as {
  boundaryRules(root: string): { name: string; comment: string }[];
};

const lines = (...text: string[]) => text.join('\n');
const door = (dependsOn: string[]) => JSON.stringify({ dependsOn });

/** A small house in which each rule is broken once, and a few lawful imports that must stay silent. */
const house: Record<string, string> = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { typeorm: '1', pg: '1', 'oidc-provider': '9' },
    devDependencies: { jest: '30' },
  }),
  'node_modules/typeorm/index.js': 'export const x = 1;',
  'node_modules/typeorm/package.json': '{"name":"typeorm","main":"index.js"}',
  'node_modules/oidc-provider/index.js': 'export const x = 1;',
  'node_modules/oidc-provider/package.json': '{"name":"oidc-provider","main":"index.js"}',
  'node_modules/jest/index.js': 'export const x = 1;',
  'node_modules/jest/package.json': '{"name":"jest","main":"index.js"}',
  'tools/boundaries/tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'nodenext', paths: { '#libs/*': ['../../libs/*/src/index.ts'] } },
    include: ['../../apps/**/*.ts', '../../libs/**/*.ts'],
  }),

  'libs/kernel/src/index.ts': "export * from './yen.js';",
  'libs/kernel/src/yen.ts': "import '#libs/contracts';\nexport const yen = 1;",
  'libs/contracts/src/index.ts': lines(
    "import { x } from 'typeorm';",
    "import '#libs/liability';",
    'export const c = x;',
  ),
  'libs/liability/src/index.ts': "import '#libs/platform';\nexport const l = 1;",
  'libs/liability/src/lonely.ts': 'export const nobody = 1;',
  'libs/platform/src/index.ts': "import '../../../apps/gateway/src/main.js';\nexport const p = 1;",
  'libs/bank-core-client/src/index.ts': 'export const client = 1;',
  'libs/testing/src/index.ts': 'export const clock = 1;',

  'apps/gateway/src/main.ts': lines(
    "import './bank/index.js';",
    "import './grants/index.js';",
    "import './authorization/index.js';",
  ),
  'apps/gateway/src/bank/dependencies.json': door([]),
  'apps/gateway/src/bank/index.ts': "import '#libs/bank-core-client';\nexport const bank = 1;",
  'apps/gateway/src/grants/dependencies.json': door(['bank']),
  'apps/gateway/src/grants/index.ts': lines(
    "import '#libs/bank-core-client';",
    "import 'oidc-provider';",
    "import '../bank/index.js';",
    'export const g = 1;',
  ),
  'apps/gateway/src/authorization/dependencies.json': door(['bank', 'grants']),
  'apps/gateway/src/authorization/index.ts': "import 'oidc-provider';\nexport const a = 1;",

  'apps/bank-core/src/main.ts': lines(
    "import './accounts/index.js';",
    "import './limits/index.js';",
    "import './platform/config.js';",
    "import '../../gateway/src/bank/index.js';",
    "import './nowhere.js';",
    "import '../../../libs/kernel/src/yen.js';",
  ),
  'apps/bank-core/src/platform/config.ts':
    "import '../accounts/index.js';\nexport const config = 1;",
  'apps/bank-core/src/limits/dependencies.json': door([]),
  'apps/bank-core/src/limits/index.ts': "import '../accounts/index.js';\nexport const limits = 1;",
  'apps/bank-core/src/accounts/dependencies.json': door([]),
  'apps/bank-core/src/accounts/index.ts': lines(
    "import './accounts.service.js';",
    "import './http/get-account.controller.js';",
    "import './domain/decide.js';",
    'export const accounts = 1;',
  ),
  'apps/bank-core/src/accounts/accounts.service.ts': lines(
    "import 'typeorm';",
    "import './storage/account.row.js';",
    "import './storage/account.store.memory.js';",
    "import 'jest';",
    'export const service = 1;',
  ),
  'apps/bank-core/src/accounts/storage/account.row.ts': "import 'typeorm';\nexport const row = 1;",
  'apps/bank-core/src/accounts/storage/account.store.memory.ts':
    "import '../http/account.problems.js';\nexport const memory = 1;",
  'apps/bank-core/src/accounts/http/account.problems.ts': 'export const problems = 1;',
  'apps/bank-core/src/accounts/http/get-account.controller.ts': lines(
    "import '../storage/account.row.js';",
    "import '../../limits/limits.service.js';",
    'export const c = 1;',
  ),
  'apps/bank-core/src/limits/limits.service.ts': "import './circle.js';\nexport const s = 1;",
  'apps/bank-core/src/limits/circle.ts': "import './limits.service.js';\nexport const o = 1;",
  'apps/bank-core/src/accounts/domain/decide.ts': lines(
    "import 'node:fs';",
    "import '../accounts.service.js';",
    "import { limits } from '../../limits/index.js';",
    'export const d = limits;',
  ),
};

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
let folder: string;
let violations: Violation[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'renkei-house-'));
  for (const [path, content] of Object.entries(house)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const config = `const { boundaryRules } = require(${JSON.stringify(join(root, 'tools/boundaries/rules.cjs'))});
    const house = require(${JSON.stringify(join(root, '.dependency-cruiser.cjs'))});
    module.exports = { ...house, forbidden: boundaryRules(__dirname) };`;
  writeFileSync(join(folder, 'rules.cjs'), config);
  const run = spawnSync(
    process.execPath,
    [cli, 'apps', 'libs', '--config', 'rules.cjs', '--output-type', 'json'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (run.stdout === '') throw new Error(run.stderr);
  const report = JSON.parse(run.stdout) as { summary: { violations: Violation[] } };
  violations = report.summary.violations;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the walls of the house', () => {
  const names = boundaryRules(root)
    .map((rule) => rule.name)
    .filter((name) => !name.endsWith('-neighbours'));

  test.each([...names, 'bank-core/limits-neighbours'])(
    '%s catches the import that breaks it',
    (name) => {
      expect(violations.map((violation) => violation.rule.name)).toContain(name);
    },
  );

  test('this house keeps every wall', () => {
    const config = ['--config', '.dependency-cruiser.cjs'];
    const doors = ['apps', 'libs', 'tools'];
    const run = spawnSync(process.execPath, [cli, ...doors, ...config], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(run.stdout).toContain('no dependency violations found');
    expect(run.status).toBe(0);
  });

  test('lawful imports stay silent', () => {
    const lawful = ['apps/gateway/src/bank/index.ts', 'apps/gateway/src/authorization/index.ts'];
    expect(violations.filter((violation) => lawful.includes(violation.from))).toEqual([]);
  });

  test('every rule speaks to whoever breaks it', () => {
    for (const rule of boundaryRules(root)) expect(rule.comment).toMatch(/^[A-Z'`].{15,}\.$/);
  });

  test('rooms that form a cycle stop the build', () => {
    const circle = mkdtempSync(join(tmpdir(), 'renkei-circle-'));
    for (const [room, needs] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      mkdirSync(join(circle, 'apps/gateway/src', room), { recursive: true });
      writeFileSync(join(circle, 'apps/gateway/src', room, 'dependencies.json'), door([needs]));
    }
    expect(() => boundaryRules(circle)).toThrow('form a cycle');
    rmSync(circle, { recursive: true });
  });
});
