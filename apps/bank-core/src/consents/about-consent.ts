import type { ConsentParties } from './domain/consent.js';

interface Known extends ConsentParties {
  readonly institutionId: number;
  readonly id: string;
  readonly holderId?: string | undefined;
}

/** The ids that every record of a consent carries: bank, parties, and the chain partner or `none`. */
export const aboutConsent = (consent: Known) => ({
  institutionId: consent.institutionId,
  holderId: consent.holderId,
  epspId: consent.epspId,
  chainPartnerId: consent.chainPartnerId,
  clientId: consent.clientId,
  consentId: consent.id,
});
