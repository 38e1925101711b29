import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project.js';
import { declarationsIn } from './declarations.js';
import { testsIn, type TitledTest } from './spec-titles.js';

const SPECS = [
  'libs/**/*spec.ts',
  'apps/**/*spec.ts',
  'apps/**/*spec.tsx',
  'tools/**/*spec.ts',
] as const;

const CLAUSES = ['libs/contracts/src/rkn-agreement/*.ts', 'libs/contracts/src/sm-terms/*.ts'];

const isKept = (path: string): boolean => !/(^|\/)(node_modules|dist)\//.test(path);

function filesOf(patterns: readonly string[]): string[] {
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: projectRoot }));
  return [...new Set(found.filter(isKept).map((path) => path.replaceAll('\\', '/')))].sort();
}

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** Every test of the project whose title begins with clause ids, read from the spec sources. */
export const allTests = (): TitledTest[] =>
  filesOf(SPECS).flatMap((path) => testsIn(path, read(path)));

/** Where each clause of both texts is declared. */
export function allDeclarations(): Map<string, string> {
  const files = filesOf(CLAUSES).filter((path) => !path.endsWith('.spec.ts'));
  return new Map(files.flatMap((path) => [...declarationsIn(path, read(path))]));
}
