import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files.js';
import { projectRoot } from '../project.js';
import type { WovenPages } from './weave.js';

const folder = join(projectRoot, 'docs', 'contracts');

/** What stands in `docs/contracts` now. */
export async function committedPages(): Promise<WovenPages> {
  const names = await readdir(folder).catch(() => []);
  const pages = new Map<string, string>();
  for (const name of names.filter((one) => one.endsWith('.md'))) {
    pages.set(name, await readFile(join(folder, name), 'utf8'));
  }
  return pages;
}

/** Replaces the pages of `docs/contracts`; a page that is no longer woven is removed. */
export async function writePages(pages: WovenPages): Promise<void> {
  for (const name of (await committedPages()).keys()) {
    if (!pages.has(name)) await rm(join(folder, name));
  }
  for (const [name, text] of pages) await writeWhole(join(folder, name), text, 0o644);
}
