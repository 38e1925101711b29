import { randomBytes } from 'node:crypto';
import { newId } from '#libs/kernel';
import { PasswordHasher } from '../src/platform/password-hasher.js';
import { insertRows, type SeedContext } from './seed-context.js';

/** An officer of the demonstration with the password that was made for this installation. */
export interface StoryOfficer {
  readonly mailAddress: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
}

const OFFICERS = [
  {
    mailAddress: 'compliance@renkei.example',
    nameJa: '見本 起案者',
    nameEn: 'Sample Proposer',
    roles: ['compliance'],
  },
  {
    mailAddress: 'approver@renkei.example',
    nameJa: '見本 承認者',
    nameEn: 'Sample Approver',
    roles: ['compliance', 'approver'],
  },
] as const;

const newPassword = (): string => randomBytes(12).toString('base64url');

/** Two natural persons with one account each: what a measure needs (INT-13, T-17). */
export async function seedStaff(
  context: SeedContext,
  fixedPassword: string | undefined,
): Promise<StoryOfficer[]> {
  const hasher = new PasswordHasher();
  const officers = OFFICERS.map((officer) => ({
    ...officer,
    personId: newId('prs', context.now),
    password: fixedPassword ?? newPassword(),
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
  for (const { mailAddress, personId, roles, password } of officers)
    await context.client.query(
      `insert into federation.staff_account (mail_address, person_id, roles, password_hash, state)
       values ($1, $2, $3, $4, 'active')`,
      [mailAddress, personId, roles, await hasher.hash(password)],
    );
  return officers.map(({ mailAddress, nameJa, password, roles }) => ({
    mailAddress,
    name: nameJa,
    password,
    roles,
  }));
}
