import { article13, type Factor } from '#libs/contracts';
import type { Instant } from '#libs/kernel';

/** One line of the machine record as evidence; `id` names it. */
export interface EvidenceLine {
  readonly id: string;
  readonly kind: string;
  readonly happenedAt: Instant;
  readonly recordedAt: Instant;
  readonly content: unknown;
}

/** What can be shown about the identity check of one request, and whether people may find due care (SM-13.1a). */
export interface EvidencePack {
  readonly transferId: string;
  readonly factorsRequired: readonly Factor[];
  readonly factorsMatched: readonly Factor[];
  readonly lacking: readonly Factor[];
  readonly dueCareMayBeFound: boolean;
  readonly lines: readonly EvidenceLine[];
}

const factorsOf = (content: unknown): readonly Factor[] => {
  const { factors } = (content ?? {}) as { factors?: unknown };
  return Array.isArray(factors) ? factors.map((name) => String(name) as Factor) : [];
};

/** Puts the pack together from the record alone: what was fixed, with which factors, and everything around it. */
export function evidencePack(
  transferId: string,
  lines: readonly EvidenceLine[],
  required: { readonly all: readonly Factor[]; readonly oneOf: readonly Factor[] },
): EvidencePack {
  const fixed = lines.find(({ kind }) => kind === 'transfer_fixed');
  const matched = factorsOf(fixed?.content);
  const second = required.oneOf.find((one) => matched.includes(one)) ?? required.oneOf[0];
  const factorsRequired = [...required.all, ...(second ? [second] : [])];
  const evidence = fixed ? [`record:${fixed.id}`] : [];
  const found = article13
    .clause('SM-13.1a')
    .apply({ factorsRequired, factorsMatched: matched, evidence });
  return { transferId, factorsRequired, factorsMatched: matched, lines, ...found };
}
