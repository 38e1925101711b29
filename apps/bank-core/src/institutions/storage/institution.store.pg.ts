import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database } from '#libs/platform';
import type { Institution } from '../domain/institution.js';

interface InstitutionRow {
  readonly id: number;
  readonly kind: Institution['kind'];
  readonly code: string;
  readonly name_ja: string;
  readonly name_kana: string;
  readonly name_en: string;
  readonly now: Instant;
}

export interface ParameterRow {
  readonly parameter: string;
  readonly value: unknown;
  readonly effective_from: string;
  readonly entered_by: string;
  readonly approved_by: string;
  readonly sample: boolean;
  readonly version: number;
}

// The code in force today in Tokyo; a merged institution's old code stays in the table with its end.
const CURRENT = `
  select i.id, i.kind, c.code, c.name_ja, c.name_kana, c.name_en, clock.now
  from (select renkei_now() as now offset 0) clock, institution i
  join institution_code c on c.institution_id = i.id
  where c.valid_from <= renkei_tokyo_date(clock.now)
    and (c.valid_to is null or renkei_tokyo_date(clock.now) <= c.valid_to)`;

@Injectable()
export class InstitutionStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async all(): Promise<Institution[]> {
    const { rows } = await this.database.pool.query<InstitutionRow>(`${CURRENT} order by i.id`);
    return rows.map(institutionOf);
  }

  /** With the bank's time at which this was so. */
  async byBankCode(code: string): Promise<{ institution: Institution; at: Instant } | undefined> {
    const [row] = await this.database.singles.query<InstitutionRow>(`${CURRENT} and c.code = $1`, [
      code,
    ]);
    return row && { institution: institutionOf(row), at: row.now };
  }

  async byId(id: number, tx = this.database.singles): Promise<Institution | undefined> {
    const [row] = await tx.query<InstitutionRow>(`${CURRENT} and i.id = $1`, [id]);
    return row && institutionOf(row);
  }

  async offered(): Promise<Map<number, ReadonlySet<string>>> {
    const rows = await this.database.singles.query<{ id: number; functions: string[] }>(
      `select institution_id as id, array_agg(function) as functions
       from institution_function where offered group by institution_id`,
    );
    return new Map(rows.map(({ id, functions }) => [id, new Set(functions)]));
  }

  /** The values in force on that day, by parameter; a parameter without one is absent. */
  async parameters(
    institutionId: number,
    ids: readonly string[],
    on: string,
    tx = this.database.singles,
  ): Promise<Map<string, unknown>> {
    const rows = await tx.query<{ parameter: string; value: unknown }>(
      `select distinct on (parameter) parameter, value from parameter_value
       where institution_id = $1 and parameter = any($2) and effective_from <= $3
       order by parameter, effective_from desc`,
      [institutionId, ids, on],
    );
    return new Map(rows.map((row) => [row.parameter, row.value]));
  }

  /** Every value that was ever approved for these parameters, with its people; the n-th one is version n. */
  async entries(institutionId: number, ids: readonly string[]): Promise<ParameterRow[]> {
    const { rows } = await this.database.pool.query<ParameterRow>(
      `select parameter, value, effective_from, entered_by, approved_by, sample,
         row_number() over (partition by parameter order by effective_from)::integer as version
       from parameter_value where institution_id = $1 and parameter = any($2)
       order by parameter, effective_from`,
      [institutionId, ids],
    );
    return rows;
  }
}

const institutionOf = (row: InstitutionRow): Institution => ({
  id: row.id,
  bankCode: row.code,
  kind: row.kind,
  nameJa: row.name_ja,
  nameKana: row.name_kana,
  nameEn: row.name_en,
});
