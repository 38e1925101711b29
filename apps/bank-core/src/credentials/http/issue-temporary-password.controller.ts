import { Controller, Header, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { problemOf } from '#libs/platform';
import {
  BankCodes,
  hasRole,
  Officer,
  STAFF,
  StaffGuard,
  staffProblem,
  type StaffMember,
} from '../../staff/index.js';
import { TemporaryPasswords } from '../temporary-passwords.js';
import { issueSentences, issueStatuses } from './credential.problems.js';
import { TemporaryPasswordDto } from './temporary-password.dto.js';

/** The desk has a temporary password made for the letter to the registered address (SM-13.4). */
@ApiTags('credentials')
@Controller(`${STAFF}/holders/:bankCode/:holderId/temporary-passwords`)
@UseGuards(StaffGuard)
export class IssueTemporaryPasswordController {
  constructor(
    @Inject(TemporaryPasswords) private readonly passwords: TemporaryPasswords,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'issueTemporaryPassword',
    summary: '仮パスワードの発行（SM-13.4）',
    ...{ 'x-summary-en': 'A temporary password for the letter to the registered address' },
  })
  @ApiCreatedResponse({ type: TemporaryPasswordDto })
  async issue(
    @Param('bankCode') bankCode: string,
    @Param('holderId') holderId: string,
    @Officer() officer: StaffMember,
  ): Promise<TemporaryPasswordDto> {
    const institutionId = await this.codes.idOf(bankCode);
    if (!hasRole(officer, 'branch_clerk', [institutionId])) throw staffProblem('role_missing');
    const made = await this.passwords.issue(institutionId, holderId, officer.mailAddress);
    if (!made.ok) throw problemOf(made.refusal, issueStatuses, issueSentences);
    const { password, mailedOn, lastDay } = made.value;
    return { password, mailedOn: mailedOn.toString(), lastDay: lastDay.toString() };
  }
}
