import { Inject, Injectable } from '@nestjs/common';
import { CivilDate } from '#libs/kernel';
import { Database } from '#libs/platform';
import type { ChainPartner, Coverage, Intermediary } from '../domain/intermediary.js';
import type { AgreementVersion } from '../domain/published-notice.js';

interface IntermediaryRow {
  id: string;
  name_ja: string;
  name_kana: string;
  name_en: string;
  registration: string;
  contact_ja: string;
  contact_en: string;
  status: Intermediary['status'];
}

export interface PartnerRow {
  id: string;
  intermediary_id: string;
  name_ja: string;
  name_kana: string;
  name_en: string;
  legal_basis: string;
  contract_from: string;
  contract_to: string | null;
  directions: ChainPartner['directions'];
  functions: string[];
  status: ChainPartner['status'];
}

interface VersionRow {
  readonly id: string;
  readonly intermediary_id: string;
  readonly version: number;
  readonly effective_from: string;
  readonly effective_to: string | null;
}

@Injectable()
export class AgreementStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async intermediaries(): Promise<Intermediary[]> {
    const { rows } = await this.database.pool.query<IntermediaryRow>(
      'select * from federation.intermediary order by id',
    );
    return rows.map(intermediaryOf);
  }

  async intermediary(id: string): Promise<Intermediary | undefined> {
    const { rows } = await this.database.pool.query<IntermediaryRow>(
      'select * from federation.intermediary where id = $1',
      [id],
    );
    return rows[0] && intermediaryOf(rows[0]);
  }

  /** Whose registration the newest entry says is revoked by that day, and since when. */
  async registrationsRevoked(on: CivilDate): Promise<ReadonlyMap<string, CivilDate>> {
    const { rows } = await this.database.pool.query<{ id: string; revoked_on: string }>(
      `select id, revoked_on from (
         select distinct on (intermediary_id) intermediary_id as id, revoked_on
         from federation.intermediary_registration order by intermediary_id, version desc) newest
       where revoked_on <= $1::date`,
      [on.toString()],
    );
    return new Map(rows.map((row) => [row.id, CivilDate.from(row.revoked_on)]));
  }

  async partners(): Promise<ChainPartner[]> {
    const { rows } = await this.database.pool.query<PartnerRow>(
      'select * from federation.chain_partner order by id',
    );
    return rows.map(partnerOf);
  }

  async partner(id: string, tx = this.database.singles): Promise<ChainPartner | undefined> {
    const [row] = await tx.query<PartnerRow>(
      'select * from federation.chain_partner where id = $1',
      [id],
    );
    return row && partnerOf(row);
  }

  async covers(intermediaryId: string, institutionId: number, on: CivilDate): Promise<boolean> {
    const [row] = await this.database.singles.query<{ covered: boolean }>(
      'select covered from agreement_covers($1, $2::smallint, $3::date)',
      [intermediaryId, institutionId, on.toString()],
    );
    return row?.covered ?? false;
  }

  /** Every agreement that binds the institution on that day: a late assent holds from its own date (RKN-0.2). */
  async versionsFor(institutionId: number, on: CivilDate): Promise<AgreementVersion[]> {
    const { rows } = await this.database.pool.query<VersionRow>(
      `select a.id, a.intermediary_id, a.version, a.effective_from, a.effective_to
       from federation.agreement a
       join federation.agreement_institution c on c.agreement_id = a.id
       join federation.intermediary i on i.id = a.intermediary_id
       where c.institution_id = $1 and i.status = 'active' and c.covered_from <= $2::date
         and (c.covered_to is null or $2::date <= c.covered_to)
       order by a.intermediary_id, a.effective_from`,
      [institutionId, on.toString()],
    );
    return rows.map((row) => ({
      id: row.id,
      intermediaryId: row.intermediary_id,
      version: row.version,
      effectiveFrom: CivilDate.from(row.effective_from),
      effectiveTo: row.effective_to === null ? undefined : CivilDate.from(row.effective_to),
    }));
  }

  async coverages(on: CivilDate): Promise<Coverage[]> {
    const { rows } = await this.database.pool.query<{ id: string; institution_id: number }>(
      `select distinct intermediary_id as id, institution_id from agreement_coverage($1::date)
       order by intermediary_id, institution_id`,
      [on.toString()],
    );
    return rows.map((row) => ({ intermediaryId: row.id, institutionId: row.institution_id }));
  }
}

function intermediaryOf(row: IntermediaryRow): Intermediary {
  return {
    id: row.id,
    nameJa: row.name_ja,
    nameKana: row.name_kana,
    nameEn: row.name_en,
    registration: row.registration,
    contactJa: row.contact_ja,
    contactEn: row.contact_en,
    status: row.status,
  };
}

export function partnerOf(row: PartnerRow): ChainPartner {
  return {
    id: row.id,
    intermediaryId: row.intermediary_id,
    nameJa: row.name_ja,
    nameKana: row.name_kana,
    nameEn: row.name_en,
    legalBasis: row.legal_basis,
    contractFrom: CivilDate.from(row.contract_from),
    contractTo: row.contract_to === null ? undefined : CivilDate.from(row.contract_to),
    directions: row.directions,
    functions: row.functions,
    status: row.status,
  };
}
