/**
 * Where a report `x` counts for a client: it was made by the key itself or by two officers, or by that client's own
 * software. A key that somebody merely registered may be a stranger's (T-09).
 */
export const countsFor = (clientId: string): string =>
  `(x.everywhere or x.client_id = ${clientId})`;

/** Where a key `k` of registered software, or its certificate, was reported. */
export const KEY_IS_COMPROMISED = `exists (select from compromised_key x
  where x.mark in (k.thumbprint, k.certificate_thumbprint) and ${countsFor('k.client_id')})`;

/** Where the key that proved a wish `c` was reported since: nobody approves what a thief may have asked for (T-12). */
export const PROVER_IS_COMPROMISED = `exists (select from client_key k
  where k.client_id = c.client_id and c.proven_by = 'key ' || k.kid and ${KEY_IS_COMPROMISED})`;
