import type { CatalogueView } from '../../bank/index.js';
import type { SoftwareEntry } from '../../clients/index.js';
import { applicationUnder, type ApplicationState } from './duties.js';

export interface RegisteredParticipant {
  readonly epspId: string;
  readonly nameJa: string;
  readonly nameKana: string;
  readonly nameEn: string;
  readonly registration: string;
  readonly status: 'pending' | 'active' | 'terminated';
  readonly coveredBankCodes: readonly string[];
}

export interface RegisteredApplication {
  readonly clientId: string;
  readonly epspId: string;
  readonly name: string | null;
  readonly status: ApplicationState;
}

export interface RegisteredPartner {
  readonly chainPartnerId: string;
  readonly epspId: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly functions: readonly string[];
  readonly status: 'active' | 'inactive';
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In the order of the ids and without a time, so that the same content is the same bytes everywhere. */
export const participantsOf = ({ intermediaries }: CatalogueView): RegisteredParticipant[] =>
  intermediaries
    .map(({ epspId, nameJa, nameKana, nameEn, registration, status, coveredBankCodes }) => ({
      epspId,
      nameJa,
      nameKana,
      nameEn,
      registration,
      status,
      coveredBankCodes: [...coveredBankCodes].sort(byText),
    }))
    .sort((a, b) => byText(a.epspId, b.epspId));

const OWN_STATE: Readonly<Record<SoftwareEntry['status'], ApplicationState>> = {
  active: 'active',
  blocked: 'inactive',
  deleted: 'removed',
};

/** Software with the cascade of its intermediary (users.md A.3); that of an unknown one is removed. */
export function applicationsOf(
  software: readonly Omit<SoftwareEntry, 'block'>[],
  { intermediaries }: CatalogueView,
): RegisteredApplication[] {
  const statuses = new Map(intermediaries.map(({ epspId, status }) => [epspId, status]));
  return software
    .map(({ clientId, epspId, name, status }) => ({
      clientId,
      epspId,
      name,
      status: applicationUnder(statuses.get(epspId) ?? 'terminated', OWN_STATE[status]),
    }))
    .sort((a, b) => byText(a.clientId, b.clientId));
}

/** Only partners that people contracted are on the register; the day of their contract counts. */
export const partnersOf = ({ chainPartners }: CatalogueView, today: string): RegisteredPartner[] =>
  chainPartners
    .map(({ chainPartnerId, epspId, nameJa, nameEn, functions, ...rest }) => {
      const isInForce =
        rest.contractFrom <= today && (rest.contractTo === null || today <= rest.contractTo);
      const status = rest.status === 'contracted' && isInForce ? 'active' : 'inactive';
      return {
        chainPartnerId,
        epspId,
        nameJa,
        nameEn,
        functions: [...functions].sort(byText),
        status: status as RegisteredPartner['status'],
      };
    })
    .sort((a, b) => byText(a.chainPartnerId, b.chainPartnerId));
