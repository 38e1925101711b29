import { Ground202611220900 } from './202611220900-ground.js';
import { AccountsCreateLedger202611221000 } from './202611221000-accounts-create-ledger.js';
import { LimitsCreateLimitUse202611221010 } from './202611221010-limits-create-limit-use.js';

/** Every migration of bank-core in order; never edited once released. Run by the owner role. */
export const migrations = [
  Ground202611220900,
  AccountsCreateLedger202611221000,
  LimitsCreateLimitUse202611221010,
];
