import { INSTITUTIONS } from './01-institutions.seed.js';
import type { SeedContext } from './seed-context.js';

/** A fictitious intermediary; the ids stand in the documents and in the demo clients. */
interface SeedIntermediary {
  readonly id: string;
  readonly agreementId: string;
  readonly nameJa: string;
  readonly nameKana: string;
  readonly nameEn: string;
  readonly registration: string;
  readonly contactJa: string;
  readonly contactEn: string;
  /** Codes of institutions that its agreement leaves out (RKN-0.2). */
  readonly without: readonly string[];
  readonly service: SeedService;
  readonly partners: readonly SeedPartner[];
}

/** What it does for users, and of which kind of RKN-D3 that is. */
interface SeedService {
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn: string;
}

interface SeedPartner {
  readonly id: string;
  readonly nameJa: string;
  readonly nameKana: string;
  readonly nameEn: string;
  readonly legalBasis: string;
  readonly directions: readonly string[];
  readonly functions: readonly string[];
}

const READS = ['accounts_read', 'balances_read', 'transactions_read'];
const SERVICE_ACTS = ['conveys_instructions', 'fetches_account_information'];
const SINCE = '2024-04-01';

const INTERMEDIARIES: readonly SeedIntermediary[] = [
  {
    id: 'epsp_01j0000000000000000000mnat',
    agreementId: 'agr_01j0000000000000000000mnat',
    nameJa: '株式会社みなと家計',
    nameKana: 'ミナトカケイ',
    nameEn: 'Minato Kakei Inc.',
    registration: '関東財務局長（電代）第9901号（見本）',
    contactJa: 'みなと家計 お客様窓口 0120-000-901（見本）',
    contactEn: 'Minato Kakei customer desk, 0120-000-901 (sample)',
    without: [],
    service: {
      id: 'svc_01j0000000000000000000mnat',
      nameJa: 'みなと家計簿',
      nameEn: 'Minato Household Budget',
    },
    partners: [],
  },
  {
    id: 'epsp_01j0000000000000000000abft',
    agreementId: 'agr_01j0000000000000000000abft',
    nameJa: 'あおばフィンテック株式会社',
    nameKana: 'アオバフインテツク',
    nameEn: 'Aoba Fintech Co., Ltd.',
    registration: '関東財務局長（電代）第9902号（見本）',
    contactJa: 'あおばフィンテック サポート 0120-000-902（見本）',
    contactEn: 'Aoba Fintech support, 0120-000-902 (sample)',
    without: [],
    service: {
      id: 'svc_01j0000000000000000000abft',
      nameJa: 'あおば資金管理',
      nameEn: 'Aoba Cash Management',
    },
    partners: [
      {
        id: 'cp_01j0000000000000000000tsbm',
        nameJa: 'つばめ貯金',
        nameKana: 'ツバメチヨキン',
        nameEn: 'Tsubame Savings',
        legalBasis: '電子決済等代行業再委託者（見本）',
        directions: ['INFO_OUT'],
        functions: READS,
      },
      {
        id: 'cp_01j0000000000000000000kdma',
        nameJa: 'こだま会計',
        nameKana: 'コダマカイケイ',
        nameEn: 'Kodama Accounting',
        legalBasis: '電子決済等代行業再委託者（見本）',
        directions: ['INFO_OUT', 'INSTRUCTION_IN'],
        functions: [...READS, 'transfer_initiation'],
      },
    ],
  },
  {
    id: 'epsp_01j0000000000000000000hkra',
    agreementId: 'agr_01j0000000000000000000hkra',
    nameJa: 'ひかり会計クラウド株式会社',
    nameKana: 'ヒカリカイケイクラウド',
    nameEn: 'Hikari Kaikei Cloud Corp.',
    registration: '近畿財務局長（電代）第9903号（見本）',
    contactJa: 'ひかり会計クラウド ヘルプデスク 0120-000-903（見本）',
    contactEn: 'Hikari Kaikei Cloud help desk, 0120-000-903 (sample)',
    without: ['2997'],
    service: {
      id: 'svc_01j0000000000000000000hkra',
      nameJa: 'ひかり会計クラウド',
      nameEn: 'Hikari Accounting Cloud',
    },
    partners: [],
  },
];

/**
 * Three intermediaries, one with two chain partners (RKN-C1a). Each agreement with the federation names the
 * labour banks that consented; the cooperative has a separate contract of the same shape.
 */
export async function seedAgreements({ client }: SeedContext): Promise<void> {
  for (const one of INTERMEDIARIES) {
    await client.query(
      `insert into federation.intermediary (id, name_ja, name_kana, name_en, registration,
         contact_ja, contact_en, status) values ($1, $2, $3, $4, $5, $6, $7, 'active')`,
      [
        one.id,
        one.nameJa,
        one.nameKana,
        one.nameEn,
        one.registration,
        one.contactJa,
        one.contactEn,
      ],
    );
    await seedRegister({ client }, one);
    await seedContract(
      { client },
      one,
      one.agreementId,
      1,
      (kind) => kind !== 'credit_cooperative',
    );
    const own = `${one.agreementId.slice(0, -1)}s`;
    await seedContract({ client }, one, own, 2, (kind) => kind === 'credit_cooperative');
    await client.query(
      `update federation.agreement set party_institution_id = c.institution_id
       from federation.agreement_institution c where c.agreement_id = id and id = $1`,
      [own],
    );
    for (const partner of one.partners)
      await client.query(
        `insert into federation.chain_partner (id, intermediary_id, name_ja, name_kana, name_en,
           legal_basis, contract_from, directions, functions, status)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'contracted')`,
        [
          partner.id,
          one.id,
          partner.nameJa,
          partner.nameKana,
          partner.nameEn,
          partner.legalBasis,
          SINCE,
          partner.directions,
          partner.functions,
        ],
      );
  }
}

/** The registration as printed, and the one service, which fetches information and conveys instructions (RKN-D3). */
async function seedRegister(
  { client }: Pick<SeedContext, 'client'>,
  { id, registration, service }: SeedIntermediary,
): Promise<void> {
  await client.query(
    `insert into federation.intermediary_registration (intermediary_id, version, registration,
       registered_on, source, recorded_at)
     values ($1, 1, $2, $3::date, '見本 / sample', $3::date::timestamp at time zone 'Asia/Tokyo')`,
    [id, registration, SINCE],
  );
  await client.query(
    `insert into federation.intermediary_service (id, intermediary_id, name_ja, name_en, acts, since,
       recorded_at)
     values ($1, $2, $3, $4, $5, $6::date, $6::date::timestamp at time zone 'Asia/Tokyo')`,
    [service.id, id, service.nameJa, service.nameEn, SERVICE_ACTS, SINCE],
  );
}

async function seedContract(
  { client }: Pick<SeedContext, 'client'>,
  one: SeedIntermediary,
  id: string,
  version: number,
  isParty: (kind: string) => boolean,
): Promise<void> {
  await client.query(
    `insert into federation.agreement (id, intermediary_id, version, effective_from)
     values ($1, $2, $3, $4)`,
    [id, one.id, version, SINCE],
  );
  const covered = INSTITUTIONS.filter(
    (institution) => isParty(institution.kind) && !one.without.includes(institution.code),
  );
  for (const institution of covered)
    await client.query(
      `insert into federation.agreement_institution (agreement_id, institution_id, covered_from)
       values ($1, $2, $3)`,
      [id, institution.id, SINCE],
    );
}
