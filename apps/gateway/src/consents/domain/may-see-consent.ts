import type { ConsentGrant } from '../../grants/index.js';

/** A user's token sees the one consent that it rests on; a token without a user, whatever bank-core lets it. */
export const maySeeConsent = (grant: ConsentGrant | undefined, consentId: string): boolean =>
  grant === undefined || grant.consentId === consentId;
