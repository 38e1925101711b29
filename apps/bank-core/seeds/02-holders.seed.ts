import banks from 'zengin-code';
import { hasHolders, INSTITUTIONS, type SeedInstitution } from './01-institutions.seed.js';
import { HANAKO, inventedName, JIRO, TARO, type PersonName } from './people.js';
import { enterInstitution, insertRows, type SeedContext } from './seed-context.js';

/** How a holder lives, which decides what their statements look like. */
export type Livelihood = 'employee' | 'pensioner' | 'self_employed';

export interface SeedHolder {
  readonly institution: SeedInstitution;
  readonly holderId: string;
  readonly loginId: string;
  readonly name: PersonName;
  readonly livelihood: Livelihood;
  readonly branchCode: string;
  /** The people that the stories are told with; their accounts have round numbers. */
  readonly story: 'taro' | 'hanako' | 'jiro' | undefined;
}

const OTHERS_PER_INSTITUTION = { full: 17, small: 0 } as const;
/** Where hanako and jiro live: the institutions with writes (2963 and 2825). */
const WITH_PAYEES = new Set(['2963', '2825']);

/** The holders of every institution but the federation: taro, the payees where writes are on, and others. */
export async function seedHolders(context: SeedContext): Promise<SeedHolder[]> {
  const holders: SeedHolder[] = [];
  for (const institution of INSTITUTIONS.filter(hasHolders)) {
    const here = holdersOf(context, institution);
    await enterInstitution(context, institution.id);
    await insertRows(
      context,
      'holder',
      COLUMNS,
      here.map((one) => rowOf(context, one)),
    );
    holders.push(...here);
  }
  return holders;
}

const COLUMNS = {
  institution_id: 'smallint',
  id: 'text',
  kind: 'text',
  name_kanji: 'text',
  name_kana: 'text',
  mail_address: 'text',
  login_id: 'text',
  service_state: 'text',
  contracted_on: 'date',
  limit_yen: 'bigint',
  application_limit_yen: 'bigint',
} as const;

function holdersOf({ random, size }: SeedContext, institution: SeedInstitution): SeedHolder[] {
  const branches = branchesOf(institution.code);
  const [home = '', elsewhere = home] = branches;
  const one = (
    loginId: string,
    name: PersonName,
    livelihood: Livelihood,
    branchCode: string,
    story: SeedHolder['story'],
  ): SeedHolder => ({
    institution,
    holderId: random.id('hld'),
    loginId,
    name,
    livelihood,
    branchCode,
    story,
  });
  const code = institution.code;
  const story = [one(`taro-${code}`, TARO, 'employee', home, 'taro')];
  if (WITH_PAYEES.has(code)) {
    story.push(one(`hanako-${code}`, HANAKO, 'employee', home, 'hanako'));
    story.push(one(`jiro-${code}`, JIRO, 'self_employed', elsewhere, 'jiro'));
  }
  const others = Array.from({ length: OTHERS_PER_INSTITUTION[size] }, (_, index) => {
    const livelihood = random.pick(['employee', 'employee', 'pensioner', 'self_employed'] as const);
    const branch = random.pick(branches);
    return one(`holder-${code}-${index + 1}`, inventedName(random), livelihood, branch, undefined);
  });
  return [...story, ...others];
}

/** Up to five branches of the code master, in the order of their codes. */
export function branchesOf(bankCode: string): string[] {
  const all = Object.keys(banks[bankCode]?.branches ?? {}).sort();
  return all.slice(0, 5);
}

function rowOf({ random, today }: SeedContext, holder: SeedHolder) {
  const isStory = holder.story !== undefined;
  return {
    institution_id: holder.institution.id,
    id: holder.holderId,
    kind: holder.livelihood === 'self_employed' ? 'sole_proprietor' : 'individual',
    name_kanji: holder.name.kanji,
    name_kana: holder.name.kana,
    mail_address: `${holder.loginId}@mail.example`,
    login_id: holder.loginId,
    service_state: 'active',
    contracted_on: today.plusMonths(-15 - random.between(1, 60)).toString(),
    limit_yen: isStory ? 1_000_000n : BigInt(random.pick([300_000, 500_000, 1_000_000])),
    application_limit_yen: 2_000_000n,
  };
}
