import type { SigningFaults } from './assertion.js';
import type { Members } from './jws.js';
import type { ProofFaults } from './proof.js';

export interface PushFaults {
  readonly assertion?: SigningFaults;
  readonly requestObject?: SigningFaults;
  /** Plain parameters although the variant signs. */
  readonly isUnsigned?: true;
  /** Further members of the form, beside a signed request. */
  readonly form?: Members;
  /** A DPoP header at PAR; without it none is sent. */
  readonly proof?: ProofFaults;
  readonly method?: 'PUT';
}

export interface TokenFaults {
  readonly assertion?: SigningFaults | 'left_out';
  /** Whom the request names as its client, with this party's credentials. */
  readonly named?: { readonly clientId: string };
  readonly proof?: ProofFaults | 'left_out';
  readonly certificate?: 'left_out';
}

export interface CallFaults {
  readonly scheme?: string;
  readonly proof?: ProofFaults | 'left_out';
  /** How often the proof's header is sent, and under which name. */
  readonly proofHeader?: { readonly name?: string; readonly times?: number };
  /** Puts this in the place of the proof. */
  readonly instead?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isTokenInQuery?: true;
}
