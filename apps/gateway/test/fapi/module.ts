import type { JWK } from 'jose';
import type { Party, Surroundings } from './party/party.js';
import { ModuleFailure, ModuleSkipped, type Verdict } from './report.js';
import type { Variant } from './variants.js';

/**
 * When a module runs: S signed requests only, D dpop only, K private_key_jwt only, O openid_connect only,
 * C also without a holder (client credentials). None: in every flow with a holder.
 */
export type Condition = 'S' | 'D' | 'K' | 'O' | 'C';

/** What a module works with: the two clients and what they share. */
export interface Stage extends Surroundings {
  readonly one: Party;
  readonly two: Party;
  jwks(): Promise<readonly JWK[]>;
}

export interface Module {
  /** Its number in the list of modules of the plans that concern us. */
  readonly number: number;
  /** The official name without the prefix `fapi2-security-profile-final-`. */
  readonly name: string;
  readonly runs: readonly Condition[];
  run(stage: Stage): Promise<void>;
}

/** One row of a section: number, name, conditions as letters, and what it does. */
export const row = (
  number: number,
  name: string,
  runs: string,
  run: (stage: Stage) => Promise<void>,
): Module => ({ number, name, runs: [...runs] as Condition[], run });

/** True where the plan of this variant contains the module. */
export function belongsTo({ runs }: Module, variant: Variant): boolean {
  if (variant.profile === 'fapi_client_credentials_grant' && !runs.includes('C')) return false;
  const isMet: Readonly<Record<Condition, boolean>> = {
    S: variant.requestMethod === 'signed_non_repudiation',
    D: variant.constraint === 'dpop',
    K: variant.clientAuth === 'private_key_jwt',
    O: variant.openid === 'openid_connect',
    C: true,
  };
  return runs.every((condition) => isMet[condition]);
}

/** Runs a module and says what the official suite would say; whatever is thrown has failed. */
export async function judge(module: Module, stage: Stage): Promise<Verdict> {
  try {
    await module.run(stage);
    return stage.report.verdict();
  } catch (error) {
    const { message, stack = message } = error as Error;
    if (error instanceof ModuleSkipped) return { result: 'SKIPPED', notes: [message] };
    return { result: 'FAILED', notes: [error instanceof ModuleFailure ? message : stack] };
  }
}
