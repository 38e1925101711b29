import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { BankFunction, Institution } from './domain/institution.js';
import type { InstitutionRefusal } from './domain/institution.refusals.js';
import { InstitutionStore } from './storage/institution.store.pg.js';

/** Who the institutions are, what they offer and what they have set. */
@Injectable()
export class InstitutionsService {
  constructor(@Inject(InstitutionStore) private readonly store: InstitutionStore) {}

  all(): Promise<Institution[]> {
    return this.store.all();
  }

  byBankCode(code: string): Promise<Institution | undefined> {
    return this.store.byBankCode(code);
  }

  async byId(id: number): Promise<Institution> {
    const institution = await this.store.byId(id);
    assert(institution, `Institution ${id} has no code in force today.`);
    return institution;
  }

  /** Whether the function stands in the institution's catalogue (RKN-D4). What is not listed is not offered. */
  offers(institutionId: number, fn: BankFunction): Promise<boolean> {
    return this.store.offers(institutionId, fn);
  }

  /** The value in force on `on`. Refuses with `parameter_unset`: there is no default (INT-12). */
  async parameter(
    institutionId: number,
    id: string,
    on: CivilDate,
  ): Promise<Result<unknown, Refusal<InstitutionRefusal>>> {
    const values = await this.parameters(institutionId, [id], on);
    return values.ok ? accepted(values.value.get(id)) : values;
  }

  /** Several at once, all or none: the first that is unset refuses and is named in `facts`. */
  async parameters(
    institutionId: number,
    ids: readonly string[],
    on: CivilDate,
  ): Promise<Result<ReadonlyMap<string, unknown>, Refusal<InstitutionRefusal>>> {
    const values = await this.store.parameters(institutionId, ids, on.toString());
    const unset = ids.find((id) => !values.has(id));
    return unset === undefined
      ? accepted(values)
      : refused('parameter_unset', { facts: { parameter: unset } });
  }
}
