import { seed } from '../../seeds/index.js';
import { APPROVED } from '../api/approve.js';
import { AOBA, emptyTransfer, MINATO } from '../api/fixtures.js';
import type { GatewayUnderTest } from '../api/gateway-under-test.js';
import type { RunKeys } from './party/keys.js';
import { BANK_CODE, instructionIdOf, registrationOf } from './party/registration.js';
import type { Perishable, ServerUnderTest } from './server-under-test.js';
import type { Variant } from './variants.js';

const REFUSED = { outcome: 'refused' } as const;

/** Our own gateway as a server under test, before a bank-core that only plays its part. */
export function serverOf(
  { origin, outsideAuthority, bank }: GatewayUnderTest,
  letPass: (seconds: number, of: Perishable) => Promise<void>,
): ServerUnderTest {
  return {
    issuer: origin,
    authority: outsideAuthority,
    decide: async (approvalUrl, decision) =>
      bank.decide(approvalUrl, decision === 'approve' ? APPROVED : REFUSED),
    letPass,
  };
}

/** Registers both clients of each variant, and lets the bank know the transfers that are asked for. */
export async function register(
  { databases, bank }: GatewayUnderTest,
  variants: readonly Variant[],
  keys: RunKeys,
): Promise<void> {
  const both = variants.flatMap((variant) => [
    { ...registrationOf(variant, variant.clients[0], keys.of[0]), epspId: MINATO },
    { ...registrationOf(variant, variant.clients[1], keys.of[1]), epspId: AOBA },
  ]);
  await seed(databases.gateway.ownerUrl, { clients: both });
  for (const { profile, clients } of variants) {
    if (profile !== 'fapi_client_credentials_grant') continue;
    for (const setting of clients) {
      const instructionId = instructionIdOf(setting);
      const key = `${BANK_CODE} ${setting.clientId} ${instructionId}`;
      bank.transfers.set(key, emptyTransfer({ ...ORDER, instructionId }, BANK_CODE, 'none'));
    }
  }
}

const ORDER = {
  creditor: {
    bankCode: BANK_CODE,
    branchCode: '201',
    accountType: '1',
    accountNumber: '1234567',
    nameKana: 'ロウキン ハナコ',
  },
  amountYen: '10000',
} as const;
