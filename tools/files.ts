import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';

/** Makes a folder (and its parents) with exactly `mode`, whatever the umask says. */
export async function makeFolder(path: string, mode: number): Promise<void> {
  await makeWithParents(path, mode);
  await chmod(path, mode);
}

/** Step by step, because Node's own recursion never ends where a folder cannot be made (/proc). */
async function makeWithParents(path: string, mode?: number): Promise<void> {
  const make = (): Promise<void> => mkdir(path, { ...(mode === undefined ? {} : { mode }) });
  try {
    await make();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeWithParents(dirname(path));
    await make();
  }
}

/** Writes beside and renames: a reader, or a start after kill -9, never sees half a file. */
export async function writeWhole(path: string, text: string, mode = 0o600): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.new`;
  await makeWithParents(dirname(path));
  await writeFile(beside, text, { mode });
  await chmod(beside, mode);
  await rename(beside, path);
}

export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);

/** The file's text, or undefined where there is no such file; every other fault is thrown. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The file's JSON, or undefined where there is none. The caller vouches for the shape. */
export async function readJsonIfThere<Shape>(path: string): Promise<Shape | undefined> {
  const text = await readIfThere(path);
  return text === undefined ? undefined : (JSON.parse(text) as Shape);
}
