import type { BankFunction, CatalogueView } from '#libs/bank-core-client';

type Institution = CatalogueView['institutions'][number];
type Intermediary = CatalogueView['intermediaries'][number];
type ChainPartner = CatalogueView['chainPartners'][number];

/** A snapshot of agreements and catalogue with the questions the checks ask. Pure. */
export class CatalogueCopy {
  private readonly institutions: ReadonlyMap<string, Institution>;
  private readonly intermediaries: ReadonlyMap<string, Intermediary>;
  private readonly partners: ReadonlyMap<string, ChainPartner>;

  constructor(readonly view: CatalogueView) {
    this.institutions = new Map(view.institutions.map((row) => [row.bankCode, row]));
    this.intermediaries = new Map(view.intermediaries.map((row) => [row.epspId, row]));
    this.partners = new Map(view.chainPartners.map((row) => [row.chainPartnerId, row]));
  }

  intermediary(epspId: string): Intermediary | undefined {
    return this.intermediaries.get(epspId);
  }

  knowsBank(bankCode: string): boolean {
    return this.institutions.has(bankCode);
  }

  /** RKN-0.2: an intermediary without an agreement in force cannot register software. */
  knowsIntermediary(epspId: string): boolean {
    return this.intermediaries.get(epspId)?.status === 'active';
  }

  bankCodes(): readonly string[] {
    return [...this.institutions.keys()];
  }

  /** Who hears of what concerns an institution, or with none everybody: agreements that have not ended. */
  audienceOf(bankCode: string | null): readonly string[] {
    return [...this.intermediaries.values()]
      .filter(({ status }) => status !== 'terminated')
      .filter(({ coveredBankCodes }) => bankCode === null || coveredBankCodes.includes(bankCode))
      .map(({ epspId }) => epspId)
      .sort();
  }

  /** RKN-0.2: the agreement is in force and names this institution. */
  covers(epspId: string, bankCode: string): boolean {
    const row = this.intermediaries.get(epspId);
    return row?.status === 'active' && row.coveredBankCodes.includes(bankCode);
  }

  /** RKN-D4: what is not in the institution's catalogue cannot be granted. */
  offers(bankCode: string, fn: BankFunction): boolean {
    return this.institutions.get(bankCode)?.functions[fn] === true;
  }

  /** RKN-C1a: `none` always stands; a partner of another intermediary does not exist here (T-14). */
  judgePartner(epspId: string, partnerId: string, fn: BankFunction, today: string): PartnerVerdict {
    if (partnerId === 'none') return 'contracted';
    const row = this.partners.get(partnerId);
    if (row?.epspId !== epspId) return 'chain_partner_unknown';
    const inForce =
      row.contractFrom <= today && (row.contractTo === null || today <= row.contractTo);
    if (row.status !== 'contracted' || !inForce) return 'chain_partner_stopped';
    return row.functions.includes(fn) ? 'contracted' : 'chain_partner_scope';
  }
}

export type PartnerVerdict =
  'contracted' | 'chain_partner_unknown' | 'chain_partner_stopped' | 'chain_partner_scope';
