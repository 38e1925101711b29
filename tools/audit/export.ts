import type { StaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import type { DigestPage } from '../../apps/bank-core/src/audit/index.js';
import { writeChain, writeContents, type ExportedChain } from './exported.js';

/** Writes everything that is digested to a folder that must not hold an export yet. */
export async function exportAll(
  desk: Pick<StaffDesk, 'digests' | 'institutions'>,
  folder: string,
): Promise<{ readonly chains: number; readonly digests: number }> {
  const chains: ExportedChain[] = [];
  let digests = 0;
  for (const scope of await desk.digests.scopes()) {
    const name = scope === 0 ? 'federation' : (await desk.institutions.byId(scope)).bankCode;
    digests += await writeChain(folder, name, pagesOf(desk, scope));
    chains.push({ scope, name });
  }
  await writeContents(folder, { chains, roles: await desk.digests.rolesHeld() });
  return { chains: chains.length, digests };
}

async function* pagesOf(
  { digests }: Pick<StaffDesk, 'digests'>,
  scope: number,
): AsyncGenerator<DigestPage> {
  for (let after = 0n; ;) {
    const page = await digests.page(scope, after);
    if (!page) return;
    yield page;
    after = page.digest.number;
  }
}
