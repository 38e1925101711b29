import { Inject, Injectable } from '@nestjs/common';
import { platformProblem } from '#libs/platform';
import { hasRole, horizonOf, type StaffMember, type StaffRole } from '../domain/staff-member.js';
import { BankCodes } from './bank-codes.js';
import { staffProblem } from './staff.guard.js';

/** Which institution an officer may look at or work for; another one is as unknown as none. */
@Injectable()
export class OwnBanks {
  constructor(@Inject(BankCodes) private readonly codes: BankCodes) {}

  async seenBy(officer: StaffMember, bankCode: string): Promise<number> {
    const id = await this.codes.idOf(bankCode);
    const horizon = horizonOf(officer);
    if (horizon !== 'all' && !horizon.includes(id)) throw platformProblem('not_found');
    return id;
  }

  async workedBy(officer: StaffMember, role: StaffRole, bankCode: string): Promise<number> {
    const id = await this.seenBy(officer, bankCode);
    if (hasRole(officer, role, [id])) return id;
    throw staffProblem('role_missing');
  }
}
