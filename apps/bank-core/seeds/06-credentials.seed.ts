import { randomBytes, randomInt } from 'node:crypto';
import { Secret } from 'otpauth';
import { otpPlace } from '../src/credentials/index.js';
import { PasswordHasher } from '../src/platform/password-hasher.js';
import { sealSeed } from '../src/platform/sealed-seed.js';
import type { SeedHolder } from './02-holders.seed.js';
import type { SeedAccount } from './seed-account.js';
import type { StoryPerson } from './seed-options.js';
import { enterInstitution, type SeedContext } from './seed-context.js';

export interface CredentialOptions {
  readonly keyEncryptionKey: Buffer;
  readonly passwords: { readonly login: string; readonly confirmation: string } | undefined;
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz';
const DIGITS = '23456789';
const YEARS_OF_TOKEN = 2;

/** Ten characters of P.sm.pw.charset that are not easily mistaken for one another. */
const newPassword = (): string =>
  Array.from({ length: 10 }, (_, index) => {
    const from = index % 5 === 4 ? DIGITS : LETTERS;
    return from[randomInt(from.length)] ?? '';
  }).join('');

/**
 * Gives the story people what they log in and confirm with; every secret is made for this installation and
 * kept hashed or wrapped (T-22). The other holders have no credentials: nobody can log in as they.
 */
export async function seedCredentials(
  context: SeedContext,
  holders: readonly SeedHolder[],
  accounts: readonly SeedAccount[],
  { keyEncryptionKey, passwords }: CredentialOptions,
): Promise<StoryPerson[]> {
  const hashed = hashOnce(new PasswordHasher());
  const people: StoryPerson[] = [];
  for (const holder of holders.filter(({ story }) => story !== undefined)) {
    const institutionId = holder.institution.id;
    const loginPassword = passwords?.login ?? newPassword();
    const confirmationPassword = passwords?.confirmation ?? newPassword();
    const seed = randomBytes(20);
    await enterInstitution(context, institutionId);
    await context.client.query(
      `insert into credential_password (institution_id, holder_id, kind, hash, changed_at)
       values ($1, $2, 'login', $3, to_timestamp($5::float8 / 1000)),
         ($1, $2, 'confirmation', $4, to_timestamp($5::float8 / 1000))`,
      [
        institutionId,
        holder.holderId,
        await hashed(loginPassword),
        await hashed(confirmationPassword),
        context.now,
      ],
    );
    await context.client.query(
      `insert into credential_otp (institution_id, holder_id, state, wrapped_seed, step_seconds,
         digits, expires_at)
       values ($1, $2, 'active', $3, 30, 6, to_timestamp($4::float8 / 1000) + make_interval(years => $5))`,
      [
        institutionId,
        holder.holderId,
        sealSeed(keyEncryptionKey, otpPlace(institutionId, holder.holderId), seed),
        context.now,
        YEARS_OF_TOKEN,
      ],
    );
    people.push({
      bankCode: holder.institution.code,
      loginId: holder.loginId,
      loginPassword,
      confirmationPassword,
      totpSecretBase32: new Secret({ buffer: new Uint8Array(seed).buffer }).base32,
      name: holder.name.kanji,
      accounts: accounts
        .filter((account) => account.holder === holder)
        .map(({ accountId, branchCode, accountType, accountNumber }) => ({
          accountId,
          branchCode,
          accountType,
          accountNumber,
        })),
    });
  }
  return people;
}

/** One hash per password: tests give everybody the same two. */
function hashOnce(hasher: PasswordHasher): (password: string) => Promise<string> {
  const made = new Map<string, Promise<string>>();
  return (password) => {
    const hash = made.get(password) ?? hasher.hash(password);
    made.set(password, hash);
    return hash;
  };
}
