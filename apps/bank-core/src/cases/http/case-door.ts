import { Inject, Injectable } from '@nestjs/common';
import { refused } from '#libs/kernel';
import { problemOf } from '#libs/platform';
import {
  BankCodes,
  hasRole,
  horizonOf,
  staffSentences,
  type StaffMember,
  type StaffRole,
} from '../../staff/index.js';
import { caseSentences } from '../domain/case.refusals.js';
import type { Told } from '../case-book.service.js';
import { caseStatuses } from './case.problems.js';
import { CASE_ID } from './wire.js';

/** Whose cases an officer may see or work on: those of the institutions where the officer has a role (T-20, T-28). */
@Injectable()
export class CaseDoor {
  constructor(@Inject(BankCodes) private readonly codes: BankCodes) {}

  async toRead(bankCode: string, officer: StaffMember): Promise<number> {
    const id = await this.codes.idOf(bankCode);
    const horizon = horizonOf(officer);
    if (horizon !== 'all' && !horizon.includes(id)) throw roleMissing();
    return id;
  }

  async toWork(bankCode: string, officer: StaffMember, ...roles: StaffRole[]): Promise<number> {
    const id = await this.codes.idOf(bankCode);
    const wanted: readonly StaffRole[] = roles.length === 0 ? ['compliance'] : roles;
    if (!wanted.some((role) => hasRole(officer, role, [id]))) throw roleMissing();
    return id;
  }

  /** The case to work on. */
  async case(bankCode: string, caseId: string, officer: StaffMember, ...roles: StaffRole[]) {
    const institutionId = await this.toWork(bankCode, officer, ...roles);
    return { institutionId, caseId: wellFormed(caseId) };
  }
}

/** A name that no case can have is answered like one that no case has. */
export function wellFormed(caseId: string): string {
  if (!CASE_ID.test(caseId)) throw answered(refused('case_unknown'));
  return caseId;
}

const roleMissing = () =>
  problemOf(refused('role_missing').refusal, { role_missing: 403 }, staffSentences);

/** What was accepted, or the refusal as a problem. */
export function answered<Value>(told: Told<Value>): Value {
  if (!told.ok) throw problemOf(told.refusal, caseStatuses, caseSentences);
  return told.value;
}
