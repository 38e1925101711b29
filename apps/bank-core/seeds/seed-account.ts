import type { SeedHolder } from './02-holders.seed.js';

export interface SeedAccount {
  readonly holder: SeedHolder;
  readonly ledgerId: bigint;
  readonly accountId: string;
  readonly branchCode: string;
  readonly accountType: '1' | '4';
  readonly accountNumber: string;
  /** 総合口座: how far the ordinary deposit may go below zero; 0 without. */
  readonly overdraftYen: bigint;
  readonly isMain: boolean;
}
