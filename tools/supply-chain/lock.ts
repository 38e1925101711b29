import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project.js';

/** One installed package as package-lock.json has it (lock file version 3). */
export interface LockEntry {
  readonly version?: string;
  readonly name?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
}

export interface Lock {
  readonly lockfileVersion: number;
  readonly name: string;
  readonly version: string;
  /** By path below the project; '' is the project itself. */
  readonly packages: Readonly<Record<string, LockEntry>>;
}

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  /** Which packages may run a script when they are installed; every one that has such a script is named. */
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const read = <Shape>(name: string): Shape =>
  JSON.parse(readFileSync(join(projectRoot, name), 'utf8')) as Shape;

export const readLock = (): Lock => read<Lock>('package-lock.json');
export const readManifest = (): Manifest => read<Manifest>('package.json');

/** The package's own name, whatever it is called here. */
export const nameOf = (path: string, entry: LockEntry): string =>
  entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
