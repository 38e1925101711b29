import { accepted, assert, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { chainDuties } from './chain-stop/duties.js';
import type {
  ChainCode,
  ChainEvent,
  ChainFacts,
  ChainName,
  ChainState,
} from './chain-stop/facts.js';
import { stopRows } from './chain-stop/stop.js';
import { watchRows } from './chain-stop/watch.js';
import type { MeasureAuthority } from './link.js';
import { begin, step, type Machine } from './step.js';

export type {
  ChainCode,
  ChainEvent,
  ChainFacts,
  ChainGround,
  ChainName,
  ChainState,
  StopRequest,
} from './chain-stop/facts.js';

/**
 * RKN-C1 and C2, per institution, intermediary and chain partner: contract, reports and guidance, the
 * request to stop the partner with its period, and, where it is not met, a measure on the linkage.
 */
export const chainMachine: Machine<ChainName, ChainFacts, ChainEvent, ChainCode> = {
  name: 'chain-stop',
  initial: 'NOT_CONTRACTED',
  terminal: ['ENDED'],
  rows: [...watchRows, ...stopRows],
  duties: chainDuties,
};

export const beginChain = (
  parties: Pick<ChainFacts, 'institution' | 'epsp' | 'partner'>,
  now: Instant,
): ChainState =>
  begin(
    chainMachine,
    { ...parties, reportOverdue: false, guidanceOpen: false, reportToInstitutionOverdue: false },
    now,
  );

export const stepChain = (state: ChainState, event: ChainEvent, now: Instant) =>
  step(chainMachine, state, event, now);

/** May a call made for this partner pass? The link is asked besides. Source: RKN-C1a, RKN-C2b/c. */
export function mayCallForPartner(
  { name, facts, deadlines }: ChainState,
  now: Instant,
): Result<true, Refusal<'chain_partner_unknown' | 'chain_partner_stopped'>> {
  const term = deadlines.find((deadline) => deadline.name === 'contract_term');
  const isOver = name === 'NOT_CONTRACTED' || name === 'ENDED' || (term && now > term.dueAt);
  if (isOver) return refused('chain_partner_unknown', { clause: 'RKN-C1a' });
  if (facts.partnerStoppedAt !== undefined) {
    return refused('chain_partner_stopped', { clause: 'RKN-C2b' });
  }
  return accepted(true);
}

/** What the link needs to know of a stop request that was not met. Source: RKN-C2a, RKN-C2b. */
export function authorityOfChain({ facts }: ChainState): MeasureAuthority {
  const { request, notStoppedAt, notice } = facts;
  assert(
    request?.arrivedAt !== undefined && request.dueAt !== undefined && notStoppedAt !== undefined,
    'A measure stands on a stop request that arrived and was not met in its period.',
  );
  assert(notice, 'A measure stands on a notice.');
  return {
    originId: request.id,
    originArrivedAt: request.arrivedAt,
    originDueAt: request.dueAt,
    failureFoundAt: notStoppedAt,
    noticeId: notice.noticeId,
    ...(notice.deliveredAt === undefined ? {} : { noticeArrivedAt: notice.deliveredAt }),
    noticeLeadHours: notice.leadHours,
  };
}
