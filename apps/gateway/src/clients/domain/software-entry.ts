/** One piece of software as the public register names it; nothing here is secret. */
export interface SoftwareEntry {
  readonly clientId: string;
  readonly epspId: string;
  readonly name: string | null;
  readonly status: 'active' | 'blocked' | 'deleted';
}
