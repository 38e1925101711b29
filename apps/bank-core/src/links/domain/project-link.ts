import {
  LINK_FUNCTIONS,
  type LinkRight,
  type LinkState as LinkMatterState,
  type Reach,
  type RemovedRight,
} from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { LinkState } from './link-state.js';

/** A state on its way into the table, with what it rests on. */
export interface ProjectedState extends LinkState {
  readonly basis: string;
  readonly measureId: string;
}

/** A measure or a hold, as far as the table needs to know it. */
interface Act {
  readonly id: string;
  readonly clause: string;
  readonly basis: string;
  readonly removed: readonly RemovedRight[];
  readonly since: Instant;
  readonly until: Instant | undefined;
}

/** One right as one reach loses it: since the first act, until the last one that takes it away. */
interface Cell {
  readonly right: LinkRight;
  readonly since: Instant;
  readonly last: Act;
  /** Of the rate: the lowest that any of the acts leaves. */
  readonly callsPerMinuteMax: number | undefined;
}

const WHOLE = [...LINK_FUNCTIONS, 'new_consents'] as const;

const partnerOf = (reach: Reach): string => {
  if (reach === 'all') return '*';
  return reach === 'direct' ? 'none' : reach;
};

const isLater = (one: Instant | undefined, other: Instant | undefined): boolean =>
  other !== undefined && (one === undefined || one > other);

const actsInForce = ({ facts }: LinkMatterState, now: Instant): readonly Act[] =>
  [
    ...facts.measures.map(({ until, ...act }) => ({ ...act, clause: act.basis, until })),
    ...facts.holds.map(({ latestEnd, ...act }) => ({ ...act, clause: 'INT-13', until: latestEnd })),
  ].filter(({ until }) => until === undefined || now <= until);

function cellsOf(acts: readonly Act[], reach: Reach): readonly Cell[] {
  const cells = new Map<LinkRight, Cell>();
  for (const act of acts)
    for (const { right, callsPerMinuteMax } of act.removed.filter((one) => one.reach === reach)) {
      const known = cells.get(right);
      const last = known && !isLater(act.until, known.last.until) ? known.last : act;
      const since = Math.min(known?.since ?? act.since, act.since);
      const left = right === 'full_rate' ? (callsPerMinuteMax ?? 0) : undefined;
      cells.set(right, { right, since, last, callsPerMinuteMax: lower(known, left) });
    }
  return [...cells.values()];
}

const lower = (known: Cell | undefined, left: number | undefined): number | undefined =>
  left === undefined ? undefined : Math.min(known?.callsPerMinuteMax ?? left, left);

/**
 * What the table says of one link, so that every measure and hold in force adds up and each ends by itself (INT-17):
 * a row per reach and right, one for all rights together where nothing is left. Who calls meets what `mayUseLink`
 * of libs/contracts answers, whoever has lifted what. Of several rates the lowest stands until the last of them ends
 * or one is lifted, whichever is told first: never more than is allowed. Source: RKN-D5, RKN-S4c, RKN-C2b.
 */
export function projectLink(
  epspId: string,
  link: LinkMatterState,
  now: Instant,
): readonly ProjectedState[] {
  if (link.name === 'terminated') return [terminated(epspId, link)];
  const acts = actsInForce(link, now);
  const reaches = new Set(acts.flatMap(({ removed }) => removed.map(({ reach }) => reach)));
  return [...reaches].flatMap((reach) => statesOf(epspId, reach, cellsOf(acts, reach)));
}

function statesOf(epspId: string, reach: Reach, cells: readonly Cell[]): ProjectedState[] {
  const needed = cells.filter(({ right }) => WHOLE.some((one) => one === right));
  const isWhole = needed.length === WHOLE.length;
  const row = (cell: Omit<Cell, 'right'>, fn: string): ProjectedState => ({
    epspId,
    chainPartnerId: partnerOf(reach),
    function: fn,
    // Everything from everybody is a suspension, anything less a restriction (I10).
    state: fn === '*' && reach === 'all' ? 'suspended' : 'restricted',
    clause: cell.last.clause,
    basis: cell.last.basis,
    measureId: cell.last.id,
    since: cell.since,
    until: cell.last.until,
    callsPerMinuteMax: cell.callsPerMinuteMax,
  });
  if (!isWhole) return cells.map((cell) => row(cell, cell.right));
  // Together they stand from the last to begin until the first to end; what lasts longer has a row of its own.
  const first = needed.reduce((one, other) =>
    isLater(one.last.until, other.last.until) ? other : one,
  );
  const since = Math.max(...needed.map((cell) => cell.since));
  const longer = cells.filter((cell) => isLater(cell.last.until, first.last.until));
  const whole = { since, last: first.last, callsPerMinuteMax: undefined };
  return [row(whole, '*'), ...longer.map((cell) => row(cell, cell.right))];
}

const terminated = (epspId: string, { since, facts }: LinkMatterState): ProjectedState => ({
  epspId,
  chainPartnerId: '*',
  function: '*',
  state: 'terminated',
  clause: 'RKN-0.2',
  basis: facts.terminatedBecause ?? 'RKN-0.2',
  measureId: 'agreement_ended',
  since,
  until: undefined,
  callsPerMinuteMax: undefined,
});
