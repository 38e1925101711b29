/** What a holder registered with the institution: each kind has its own counter (SM-9.2, INT-25). */
export type PasswordKind = 'login' | 'confirmation';

/** A factor by name, as the record and the pages know it; never its value (SM-3.5, SM-7.3c). */
export type { Factor } from '#libs/contracts';

/** The means besides registered passwords that the holder has started (SM-7.2, SM-8.1). */
export interface StartedMeans {
  readonly otp: boolean;
  readonly mailPassword: boolean;
}
