import { assert } from '#libs/kernel';
import type { FeeRow } from './rules.js';

export const CONTENT_PARAMETERS = ['P.sm.transfer.creditTypes'] as const;
export const OFFER_PARAMETERS = ['P.sm.transfer.fee', 'P.sm.confirm.timeout'] as const;

/** Values were approved in these forms; any other form is a bug, not a refusal. */
export function readCreditTypes(values: ReadonlyMap<string, unknown>): readonly string[] {
  const types = values.get('P.sm.transfer.creditTypes');
  assert(Array.isArray(types), 'P.sm.transfer.creditTypes must be a list.');
  return types as string[];
}

export function readOfferParameters(values: ReadonlyMap<string, unknown>): {
  readonly feeTable: readonly FeeRow[];
  readonly confirmMinutes: number;
} {
  const fee = values.get('P.sm.transfer.fee');
  const confirmMinutes = values.get('P.sm.confirm.timeout');
  assert(Array.isArray(fee), 'P.sm.transfer.fee must be a table.');
  assert(typeof confirmMinutes === 'number', 'P.sm.confirm.timeout must be minutes.');
  const feeTable = (fee as Record<keyof FeeRow, string>[]).map((row) => ({
    destination: row.destination as FeeRow['destination'],
    membership: row.membership as FeeRow['membership'],
    fromYen: BigInt(row.fromYen),
    feeYen: BigInt(row.feeYen),
  }));
  return { feeTable, confirmMinutes };
}
