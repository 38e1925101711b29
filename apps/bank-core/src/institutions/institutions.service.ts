import { Inject, Injectable } from '@nestjs/common';
import type { Parameter, ParameterEntry, ParameterId, ParameterValues } from '#libs/contracts';
import {
  accepted,
  assert,
  CivilDate,
  refused,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Institution } from './domain/institution.js';
import type { InstitutionRefusal } from './domain/institution.refusals.js';
import { InstitutionStore } from './storage/institution.store.pg.js';

/** Who the institutions are, what they offer and what they have set. */
@Injectable()
export class InstitutionsService {
  constructor(@Inject(InstitutionStore) private readonly store: InstitutionStore) {}

  all(): Promise<Institution[]> {
    return this.store.all();
  }

  async byBankCode(code: string): Promise<Institution | undefined> {
    return (await this.store.byBankCode(code))?.institution;
  }

  /** The same with the bank's time at which it was asked. */
  askedAt(code: string): Promise<{ institution: Institution; at: Instant } | undefined> {
    return this.store.byBankCode(code);
  }

  async byId(id: number, tx?: Transaction): Promise<Institution> {
    const institution = await this.store.byId(id, tx);
    assert(institution, `Institution ${id} has no code in force today.`);
    return institution;
  }

  /** What stands in each institution's catalogue (RKN-D4), by its id. What is not listed is not offered. */
  offered(): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
    return this.store.offered();
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
    tx?: Transaction,
  ): Promise<Result<ReadonlyMap<string, unknown>, Refusal<InstitutionRefusal>>> {
    const values = await this.store.parameters(institutionId, ids, on.toString(), tx);
    const unset = ids.find((id) => !values.has(id));
    return unset === undefined
      ? accepted(values)
      : refused('parameter_unset', { facts: { parameter: unset } });
  }

  /**
   * The typed values of a table of parameters on `on`, all or none. Refuses with `parameter_unset`. A value
   * that breaks its constraint could not have been approved: it is a bug and throws.
   */
  async read<P extends Readonly<Record<string, Parameter<ParameterId>>>>(
    institutionId: number,
    table: P,
    on: CivilDate,
    tx?: Transaction,
  ): Promise<Result<ParameterValues<P>, Refusal<InstitutionRefusal>>> {
    const wanted = Object.entries(table);
    const ids = wanted.map(([, { id }]) => id);
    const stored = await this.parameters(institutionId, ids, on, tx);
    if (!stored.ok) {
      const unset = wanted.find(([, { id }]) => id === stored.refusal.facts?.['parameter']);
      return refused('parameter_unset', {
        ...stored.refusal,
        ...(unset ? { clause: unset[1].clauses[0] } : {}),
      });
    }
    const values = wanted.map(([name, parameter]) => {
      const value = parameter.constraint.read(stored.value.get(parameter.id));
      assert(value !== undefined, `${parameter.id} of institution ${institutionId} is malformed.`);
      return [name, value] as const;
    });
    return accepted(Object.fromEntries(values) as ParameterValues<P>);
  }

  /**
   * The dated values of these parameters with those who entered and approved them, as `ParameterBook` reads them: for
   * decisions that print what they used. Institutions are named by their code.
   */
  async entries(institutionId: number, ids: readonly ParameterId[]): Promise<ParameterEntry[]> {
    const { bankCode } = await this.byId(institutionId);
    const rows = await this.store.entries(institutionId, ids);
    return rows.map((row) => ({
      parameter: row.parameter as ParameterId,
      institution: bankCode,
      value: row.value,
      version: row.version,
      effectiveFrom: CivilDate.from(row.effective_from),
      enteredBy: row.entered_by,
      approvedBy: row.approved_by,
      isSample: row.sample,
    }));
  }
}
