import type { CivilDate, Instant } from '#libs/kernel';
import type { ChainPartner } from '../../agreements/index.js';
import type { LinkStop } from '../../links/index.js';
import type { ConsentActorName, Permission } from './consent.js';

/** What is known of one intermediary at one institution, through one partner or directly. */
export interface PartyFacts {
  readonly isCovered: boolean;
  /** `undefined` where the intermediary acts for itself. */
  readonly partner: Pick<ChainPartner, 'status' | 'contractTo'> | undefined;
  /** The stop in the way of each function, where there is one. */
  readonly stops: ReadonlyMap<Permission, LinkStop | undefined>;
  readonly today: CivilDate;
}

/** What follows for the party's consents: they end for good, or those that rest on stopped functions alone freeze. */
export type PartyStanding =
  | { readonly ends: true; readonly reason: string; readonly actor: ConsentActorName }
  | {
      readonly ends: false;
      readonly stopped: readonly Permission[];
      /** Since when all of these have been stopped, as the link says; a partner's own stop has no such row. */
      readonly since: Instant | undefined;
    };

/**
 * A suspension freezes and its lifting revives; a contract that is over ends (users.md A.3). First reason wins: the
 * agreement (RKN-0.2), the partner's contract (RKN-C1a), the linkage itself (RKN-S4c, RKN-C2b).
 */
export function partyStanding({ isCovered, partner, stops, today }: PartyFacts): PartyStanding {
  if (!isCovered) return { ends: true, reason: 'agreement_ended', actor: 'system' };
  const contractTo = partner?.contractTo;
  if (contractTo?.isBefore(today))
    return { ends: true, reason: 'partner_contract_ended', actor: 'system' };
  const states = [...stops.values()].map((stop) => stop?.state);
  if (states.length > 0 && states.every((state) => state === 'terminated'))
    return { ends: true, reason: 'linkage_terminated', actor: 'institution' };
  if (partner?.status === 'stopped')
    return { ends: false, stopped: [...stops.keys()], since: undefined };
  const inTheWay = [...stops].flatMap(([fn, stop]) =>
    stop && stop.state !== 'restricted' ? [{ fn, since: stop.since }] : [],
  );
  const since = inTheWay.length === 0 ? undefined : Math.max(...inTheWay.map((stop) => stop.since));
  return { ends: false, stopped: inTheWay.map(({ fn }) => fn), since };
}
