import { definitions, type PartnerLegalBasis, type ServiceAct } from '#libs/contracts';
import type { CivilDate } from '#libs/kernel';
import type { FiledDocument } from './partner-act.js';

/** What an intermediary offers its users, and which kind of service of RKN-D3 that is. */
export interface IntermediaryService {
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly acts: readonly ServiceAct[];
  readonly since: CivilDate;
}

/** What the contract with a partner says besides its period and scope. Source: RKN-C1a, RKN-D2. */
export interface ContractTerms {
  readonly purpose: string;
  readonly method: string;
  /** Services of the intermediary that reach users through the partner. */
  readonly services: readonly string[];
  readonly legalBasisKind: PartnerLegalBasis | undefined;
  readonly standsBeforeEpsp: boolean | undefined;
  readonly contractDocument: FiledDocument | undefined;
}

const D2 = definitions.clause('RKN-D2');
const D3 = definitions.clause('RKN-D3');

/** Whether a firm is a chain partner by law; undefined while it is not established. Source: RKN-D2. */
export function isChainPartner({
  legalBasisKind,
  standsBeforeEpsp,
}: Pick<ContractTerms, 'legalBasisKind' | 'standsBeforeEpsp'>): boolean | undefined {
  if (legalBasisKind === undefined || standsBeforeEpsp === undefined) return undefined;
  return D2.apply({ partnerLegalBasis: legalBasisKind, standsBeforeEpsp }).isChainPartner;
}

/** The kinds of a service that count: conveying instructions, fetching account information. Source: RKN-D3. */
export const serviceTypesOf = (acts: readonly ServiceAct[]): readonly ServiceAct[] =>
  D3.apply({ serviceActs: acts }).types;

const INSTRUCTION = 'transfer_initiation';

/**
 * The functions that the intermediary's services do not carry: a partner's scope stays within them. `named` are the
 * services that the contract names; none named are all of them. Source: RKN-C1a, RKN-D3.
 */
export function functionsBeyond(
  functions: readonly string[],
  services: readonly IntermediaryService[],
  named: readonly string[],
): string[] {
  const through = services.filter(({ id }) => named.length === 0 || named.includes(id));
  const types = serviceTypesOf(through.flatMap(({ acts }) => acts));
  return functions.filter(
    (fn) =>
      !types.includes(fn === INSTRUCTION ? 'conveys_instructions' : 'fetches_account_information'),
  );
}
