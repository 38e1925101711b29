import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, found upwards from the compiled file. */
export const projectRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** A compiled file, by its path below `dist`. */
export const compiled = (...path: string[]): string => join(projectRoot, 'dist', ...path);

/** Where one installation keeps its data: `.renkei`, or RENKEI_HOME. */
export const homeFolder = (): string =>
  resolve(projectRoot, process.env['RENKEI_HOME'] ?? '.renkei');
