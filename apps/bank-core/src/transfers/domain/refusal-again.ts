import { refused, type Refusal } from '#libs/kernel';
import type { TransferRefusal } from './transfer.refusals.js';

/** What the record keeps of a confirmation that was refused, before the locks or under them. */
interface KeptRefusal {
  readonly hash: string;
  readonly refusal: TransferRefusal;
  readonly clause?: string | null;
  readonly facts?: Refusal['facts'] | null;
  readonly bases?: readonly string[] | null;
}

/**
 * The refusal that a confirmation of this very content got, out of the transfer's record; undefined where there is
 * none: then nobody confirmed that, and nobody was answered.
 */
export function refusalAgain(
  kept: readonly { readonly kind: string; readonly content: unknown }[],
  contentHash: string,
): { readonly ok: false; readonly refusal: Refusal<TransferRefusal> } | undefined {
  const found = kept
    .filter(({ kind }) => kind === 'transfer_refused')
    .map(({ content }) => content as KeptRefusal)
    .find(({ hash }) => hash === contentHash);
  if (!found) return undefined;
  const facts = found.facts ?? (found.bases?.length ? { bases: found.bases } : undefined);
  return refused(found.refusal, {
    ...(found.clause ? { clause: found.clause } : {}),
    ...(facts ? { facts } : {}),
  });
}
