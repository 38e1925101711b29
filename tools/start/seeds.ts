import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { JWK } from 'jose';
import type { Words } from '#libs/kernel';
import { compiled } from '../project.js';

/** Called now and then: `done` of `total` units, and what is being made. */
export type SeedProgress = (done: number, total: number, what: Words) => void;

/** A holder of the demonstration, with every secret that its pages ask for. */
export interface DemoPerson {
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

/** An officer of the demonstration, with the password made for this installation. */
export interface DemoOfficer {
  readonly mailAddress: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
  /** Where the roles hold; null: at the federation. */
  readonly bankCode: string | null;
  readonly totpSecretBase32: string;
}

export interface BankSeedOptions {
  readonly onProgress: SeedProgress;
  /** Receives the demo people once; they are kept in a file of mode 0600 and nowhere else. */
  readonly onPeople: (people: readonly DemoPerson[]) => void | Promise<void>;
  /** The same for the officers who act with two people by command. */
  readonly onStaff: (officers: readonly DemoOfficer[]) => void | Promise<void>;
  /** 32 bytes: the seed wraps TOTP secrets exactly as the server unwraps them. */
  readonly keyEncryptionKey: Buffer;
  /** `small` for tests: every institution and its story person, few others. */
  readonly size: 'demo' | 'small';
}

export interface GatewaySeedOptions {
  readonly onProgress: SeedProgress;
  readonly clients: readonly {
    readonly clientId: string;
    readonly epspId: string;
    readonly redirectUris: readonly string[];
    readonly jwks: { readonly keys: readonly JWK[] };
  }[];
}

export type SeedFunction<Options> = (ownerUrl: string, options: Options) => Promise<void>;

/** The seed of bank-core, or undefined while there is none. */
export const bankSeed = (): Promise<SeedFunction<BankSeedOptions> | undefined> =>
  seedOf('bank-core');

export const gatewaySeed = (): Promise<SeedFunction<GatewaySeedOptions> | undefined> =>
  seedOf('gateway');

async function seedOf<Options>(app: string): Promise<SeedFunction<Options> | undefined> {
  const file = compiled('apps', app, 'seeds', 'index.js');
  if (!existsSync(file)) return undefined;
  const module = (await import(pathToFileURL(file).href)) as { seed: SeedFunction<Options> };
  return module.seed;
}
