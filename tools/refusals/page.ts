import { pathToFileURL } from 'node:url';
import { compiled } from '../project.js';
import { collectRefusals } from './collect.js';
import { renderRefusals, type ListedCheck } from './render.js';

interface AccessRow {
  readonly check: { readonly name: string };
  readonly restsOn: readonly string[];
}

/** The page as it should stand in docs/refusals.md, from the compiled house. */
export async function refusalsPage(): Promise<string> {
  const path = compiled('apps', 'gateway', 'src', 'authorization', 'domain', 'access-table.js');
  const { accessTable } = (await import(pathToFileURL(path).href)) as { accessTable: AccessRow[] };
  const checks: ListedCheck[] = accessTable.map(({ check, restsOn }) => ({
    name: check.name,
    restsOn,
  }));
  return renderRefusals(await collectRefusals(), checks);
}
