/** What is stored for a while, and grows old by waiting. */
export type Perishable = 'AuthorizationCode' | 'PushedAuthorizationRequest';

/** The server that a run asks, as far as a relying party cannot find it out by itself. */
export interface ServerUnderTest {
  readonly issuer: string;
  /** PEM of the authority behind its TLS certificates. */
  readonly authority: string;
  /** What the holder does at the bank: answers where the bank's last page sends the browser. */
  decide(approvalUrl: string, decision: 'approve' | 'refuse'): Promise<string>;
  /** Real time, or the same as seen by the server: what it stores becomes that much older. */
  letPass(seconds: number, of: Perishable): Promise<void>;
}
