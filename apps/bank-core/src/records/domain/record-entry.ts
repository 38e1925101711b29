import type { Instant } from '#libs/kernel';

/** One line of the machine record. Ids that do not apply are left out; `content` holds no secret. */
export interface RecordEntry {
  readonly institutionId: number;
  readonly happenedAt: Instant;
  /** A stable name such as `transfer_received`. */
  readonly kind: string;
  readonly holderId?: string | undefined;
  readonly epspId?: string | undefined;
  readonly chainPartnerId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly consentId?: string | undefined;
  readonly transferId?: string | undefined;
  readonly interactionId?: string | undefined;
  readonly content: object;
  /** Of a call through the gateway: what the intermediary claimed of its customer, kept as `content.customerClaim`. */
  readonly customerClaim?: object | undefined;
}
