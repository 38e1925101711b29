/** `RKN-…`: the agreement with the labour banks. `SM-…`: the terms. `SM-R…`: what a lost part said. */
export type ClauseId = `RKN-${string}` | `SM-${string}`;
export type Source = 'RKN' | 'SM';

/** Whom a clause binds or empowers; `institution` is the Union of SM and the FI of RKN. */
export type Party = 'institution' | 'holder' | 'epsp' | 'chain_partner' | 'user' | 'both';
