import type { Words } from '#libs/kernel';
import type { StoryOfficer } from './04-staff.seed.js';
import type { SeedSize } from './seed-context.js';

/** A holder of the demonstration with every secret that the pages ask for; given out once, stored hashed. */
export interface StoryPerson {
  readonly bankCode: string;
  readonly loginId: string;
  readonly loginPassword: string;
  readonly confirmationPassword: string;
  readonly totpSecretBase32: string;
  readonly name: string;
  readonly accounts: readonly {
    readonly accountId: string;
    readonly branchCode: string;
    readonly accountType: string;
    readonly accountNumber: string;
  }[];
}

export interface SeedOptions {
  /** `full` (also called `demo`) for a demonstration; `small` for tests: the story people and little else. */
  readonly size: SeedSize | 'demo';
  /** 32 bytes that wrap the seeds of one-time passwords, as the server unwraps them. */
  readonly keyEncryptionKey?: Buffer;
  readonly keyEncryptionKeyHex?: string;
  readonly onProgress?: (done: number, total: number, what: Words) => void;
  readonly onPeople?: (people: readonly StoryPerson[]) => Promise<void> | void;
  readonly onStaff?: (officers: readonly StoryOfficer[]) => Promise<void> | void;
  /** Fixed passwords for tests; without them each person gets random ones. */
  readonly passwords?: {
    readonly login: string;
    readonly confirmation: string;
    readonly staff?: string;
  };
}
