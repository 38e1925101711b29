import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from '#libs/platform';
import { BANK_CONFIG, type BankConfig } from '../../platform/config.js';
import { staffSentences } from '../domain/staff.refusals.js';
import type { StaffMember } from '../domain/staff-member.js';
import { StaffService } from '../staff.service.js';
import { BankCodes } from './bank-codes.js';
import { giveSecret, secretOf, takeSecretBack } from './staff-cookie.js';
import { OfficerDto, OpenSessionDto } from './staff.dto.js';
import { isFromConsole, Officer, STAFF, StaffGuard, staffProblem } from './staff.guard.js';
import { staffStatuses } from './staff.problems.js';

/** Log-in with a second factor, who one is, log-out. */
@ApiTags('staff')
@Controller(STAFF)
export class SessionsController {
  constructor(
    @Inject(StaffService) private readonly staff: StaffService,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(BANK_CONFIG) private readonly config: BankConfig,
  ) {}

  @Post('sessions')
  @ApiOperation({
    operationId: 'openStaffSession',
    summary: '職員のログイン',
    ...{ 'x-summary-en': 'Log in with password and one-time code' },
  })
  @ApiCreatedResponse({ type: OfficerDto })
  async open(
    @Body() body: OpenSessionDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficerDto> {
    if (!isFromConsole(request, this.config)) throw staffProblem('staff_login_failed');
    const { mailAddress, password, oneTimeCode } = body;
    const opened = await this.staff.openSession(mailAddress, password, oneTimeCode);
    if (!opened.ok) throw problemOf(opened.refusal, staffStatuses, staffSentences);
    giveSecret(reply, opened.value.secret);
    return this.shown(opened.value.member);
  }

  @Get('me')
  @UseGuards(StaffGuard)
  @ApiOperation({
    operationId: 'getStaffMember',
    summary: 'ログイン中の職員',
    ...{ 'x-summary-en': 'Who is logged in' },
  })
  @ApiOkResponse({ type: OfficerDto })
  me(@Officer() officer: StaffMember): Promise<OfficerDto> {
    return this.shown(officer);
  }

  @Delete('sessions/current')
  @HttpCode(204)
  @UseGuards(StaffGuard)
  @ApiOperation({
    operationId: 'closeStaffSession',
    summary: '職員のログアウト',
    ...{ 'x-summary-en': 'Log out' },
  })
  @ApiNoContentResponse()
  async close(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const secret = secretOf(request);
    if (secret !== undefined) await this.staff.closeSession(secret);
    takeSecretBack(reply);
  }

  private async shown({ mailAddress, nameJa, nameEn, grants }: StaffMember): Promise<OfficerDto> {
    return {
      mailAddress,
      nameJa,
      nameEn,
      grants: await Promise.all(
        grants.map(async ({ role, institutionId }) => ({
          role,
          bankCode: institutionId === undefined ? null : await this.codes.codeOf(institutionId),
        })),
      ),
    };
  }
}
