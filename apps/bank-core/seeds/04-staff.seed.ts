import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';
import { newId } from '#libs/kernel';
import { PasswordHasher } from '../src/platform/password-hasher.js';
import { sealSeed } from '../src/platform/sealed-seed.js';
import { staffSeedPlace, type StaffRole } from '../src/staff/index.js';
import { INSTITUTIONS } from './01-institutions.seed.js';
import { insertRows, type SeedContext } from './seed-context.js';

/** An officer of the demonstration with the password that was made for this installation. */
export interface StoryOfficer {
  readonly mailAddress: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly StaffRole[];
  /** Where the roles hold; null: at the federation, and with it everywhere. */
  readonly bankCode: string | null;
  readonly totpSecretBase32: string;
}

interface Officer {
  readonly mailAddress: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly roles: readonly StaffRole[];
  readonly bankCode?: string;
}

const officer = (
  mail: string,
  nameJa: string,
  nameEn: string,
  roles: readonly StaffRole[],
  bankCode?: string,
): Officer => ({
  mailAddress: `${mail}@renkei.example`,
  nameJa,
  nameEn,
  roles,
  ...(bankCode !== undefined && { bankCode }),
});

const OFFICERS: readonly Officer[] = [
  officer('compliance', '見本 起案者', 'Sample Proposer', ['compliance', 'federation_officer']),
  officer('approver', '見本 承認者', 'Sample Approver', ['compliance', 'approver']),
  officer('second-approver', '見本 第二承認者', 'Sample Second Approver', ['approver']),
  officer('auditor', '見本 監査人', 'Sample Auditor', ['auditor']),
  officer('chuo-compliance', '見本 中央起案者', 'Sample Chuo Proposer', ['compliance'], '2963'),
  officer('chuo-approver', '見本 中央承認者', 'Sample Chuo Approver', ['approver'], '2963'),
  officer(
    'saikai-clerk',
    '見本 西海窓口',
    'Sample Saikai Clerk',
    ['branch_clerk', 'compliance'],
    '2825',
  ),
  officer('saikai-approver', '見本 西海承認者', 'Sample Saikai Approver', ['approver'], '2825'),
];

const newPassword = (): string => randomBytes(12).toString('base64url');

/** Natural persons with one account each: what a measure needs (INT-13, T-17). */
export async function seedStaff(
  context: SeedContext,
  fixedPassword: string | undefined,
  keyEncryptionKey: Buffer,
): Promise<StoryOfficer[]> {
  const hasher = new PasswordHasher();
  const officers = OFFICERS.map((officer) => ({
    ...officer,
    personId: newId('prs', context.now),
    password: fixedPassword ?? newPassword(),
    seed: randomBytes(20),
  }));
  await insertRows(
    context,
    'federation.person',
    { id: 'text', name_ja: 'text', name_en: 'text' },
    officers.map(({ personId, nameJa, nameEn }) => ({
      id: personId,
      name_ja: nameJa,
      name_en: nameEn,
    })),
  );
  for (const { mailAddress, personId, roles, bankCode, password, seed } of officers) {
    await context.client.query(
      `insert into federation.staff_account (mail_address, person_id, password_hash, state, wrapped_seed)
       values ($1, $2, $3, 'active', $4)`,
      [
        mailAddress,
        personId,
        await hasher.hash(password),
        sealSeed(keyEncryptionKey, staffSeedPlace(mailAddress), seed),
      ],
    );
    const institution = INSTITUTIONS.find(({ code }) => code === bankCode);
    await context.client.query(
      `insert into federation.staff_role (mail_address, role, institution_id, since)
       select $1, unnest($2::text[]), $3, to_timestamp($4::float8 / 1000)`,
      [mailAddress, roles, institution?.id ?? null, context.now],
    );
  }
  return officers.map(({ mailAddress, nameJa, password, roles, bankCode, seed }) => ({
    mailAddress,
    name: nameJa,
    password,
    roles,
    bankCode: bankCode ?? null,
    totpSecretBase32: new Secret({ buffer: new Uint8Array(seed).buffer }).base32,
  }));
}
