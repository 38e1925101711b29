import type { Instant } from '#libs/kernel';

/** One piece of software as the register knows it; the public is told its name and how it stands. */
export interface SoftwareEntry {
  readonly clientId: string;
  readonly epspId: string;
  readonly name: string | null;
  readonly status: 'active' | 'blocked' | 'deleted';
  /** Of what is blocked: since when and until when. For its intermediary alone. */
  readonly block: { readonly since: Instant; readonly until: Instant } | null;
}
