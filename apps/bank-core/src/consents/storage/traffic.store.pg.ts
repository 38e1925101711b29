import type { CivilDate, Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { LinkStop } from '../../links/index.js';
import type { TrafficFacts } from '../domain/decide-access.js';

interface Traffic {
  readonly institutionId: number;
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly fn: string;
  readonly at: Instant;
}

interface FactsRow {
  covered: boolean;
  offered: boolean;
  partner_is_stopped: boolean;
  state: LinkStop['state'] | null;
  clause: string;
  since: Instant;
  function: string;
  chain_partner_id: string;
}

/**
 * Coverage, link, the partner's stop and the catalogue as one snapshot has them: every call asks for them, so
 * they are one statement. What each of them means stands with its owner (`agreement_covers`, `link_stop`).
 */
export async function trafficFacts(
  tx: Transaction,
  { institutionId, epspId, chainPartnerId, fn, at }: Traffic,
  on: CivilDate,
): Promise<Omit<TrafficFacts, 'partner'>> {
  const [row] = await tx.query<FactsRow>(
    `select agreement.covered, coalesce(catalogue.offered, false) as offered,
       partner_stop.stopped_at is not null as partner_is_stopped,
       link.state, link.clause, link.since, link.function, link.chain_partner_id
     from agreement_covers($2, $1::smallint, $6::date) agreement
     left join link_stop($1::smallint, $2, $3, $4, to_timestamp($5::float8 / 1000)) link on true
     left join institution_function catalogue
       on catalogue.institution_id = $1 and catalogue.function = $4
     left join partner_stop
       on partner_stop.institution_id = $1 and partner_stop.chain_partner_id = $3
         and partner_stop.resumed_at is null`,
    [institutionId, epspId, chainPartnerId, fn, at, on.toString()],
  );
  return {
    covered: row?.covered ?? false,
    offered: row?.offered ?? false,
    partnerIsStopped: row?.partner_is_stopped ?? false,
    stop: row && stopIn(row),
  };
}

const stopIn = (row: FactsRow): LinkStop | undefined =>
  row.state === null
    ? undefined
    : {
        state: row.state,
        clause: row.clause,
        since: row.since,
        function: row.function,
        chainPartnerId: row.chain_partner_id,
      };
