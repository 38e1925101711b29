import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { instantToWire, isId, type Clock } from '#libs/kernel';
import { Database, platformProblem, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { CLOCK } from '../../platform/platform.module.js';
import { ConsentsService } from '../consents.service.js';
import type { ConsentView } from '../domain/consent-views.js';
import { accountToWire, consentToWire, versionToWire } from './consent-to-wire.js';
import {
  ConsentAccountsDto,
  ConsentHistoryDto,
  ConsentHistoryQuery,
  ConsentPageDto,
  ListConsentsQuery,
  OneConsentDto,
} from './consent.dto.js';

const LIMIT = 100;

/** A client's own consents, in every state; what belongs to another is answered as what never was (T-08). */
@ApiTags('consents')
@Controller(`${INTERNAL}/institutions/:bankCode/consents`)
export class ReadConsentsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listConsents', summary: '自社の同意の一覧' })
  @ApiOkResponse({ type: ConsentPageDto })
  async list(
    @Param('bankCode') bankCode: string,
    @Query() query: ListConsentsQuery,
    @Req() request: FastifyRequest,
  ): Promise<ConsentPageDto> {
    const owner = internalCaller(request);
    const { state, after, limit = LIMIT } = query;
    const page = await this.at(bankCode, (tx, id) =>
      this.consents.views(tx, id, owner, { state, after, limit }),
    );
    return {
      data: page.data.map(consentToWire),
      nextAfter: page.nextAfter ?? null,
      asOf: await this.now(),
    };
  }

  @Get(':consentId')
  @ApiOperation({ operationId: 'getConsent', summary: '同意の内容と状態' })
  @ApiOkResponse({ type: OneConsentDto })
  async get(
    @Param('bankCode') bankCode: string,
    @Param('consentId') consentId: string,
    @Req() request: FastifyRequest,
  ): Promise<OneConsentDto> {
    const view = await this.of(request, bankCode, consentId, async (view) => view);
    return { ...consentToWire(view), asOf: await this.now() };
  }

  @Get(':consentId/accounts')
  @ApiOperation({ operationId: 'listConsentAccounts', summary: '同意の口座ごとの状態' })
  @ApiOkResponse({ type: ConsentAccountsDto })
  async accounts(
    @Param('bankCode') bankCode: string,
    @Param('consentId') consentId: string,
    @Req() request: FastifyRequest,
  ): Promise<ConsentAccountsDto> {
    const accounts = await this.of(request, bankCode, consentId, (view, tx, id) =>
      this.consents.accounts(tx, id, view.id),
    );
    return { data: accounts.map(accountToWire), asOf: await this.now() };
  }

  @Get(':consentId/history')
  @ApiOperation({ operationId: 'listConsentHistory', summary: '同意の変更の履歴' })
  @ApiOkResponse({ type: ConsentHistoryDto })
  async history(
    @Param('bankCode') bankCode: string,
    @Param('consentId') consentId: string,
    @Query() query: ConsentHistoryQuery,
    @Req() request: FastifyRequest,
  ): Promise<ConsentHistoryDto> {
    const { change, after, limit = LIMIT } = query;
    const page = await this.of(request, bankCode, consentId, (view, tx, id) =>
      this.consents.history(tx, id, view.id, { change, after, limit }),
    );
    return {
      data: page.data.map(versionToWire),
      nextAfter: page.nextAfter ?? null,
      asOf: await this.now(),
    };
  }

  private of<Value>(
    request: FastifyRequest,
    bankCode: string,
    consentId: string,
    work: (view: ConsentView, tx: Transaction, institutionId: number) => Promise<Value>,
  ): Promise<Value> {
    const owner = internalCaller(request);
    if (!isId('cns', consentId)) throw platformProblem('not_found');
    return this.at(bankCode, async (tx, institutionId) => {
      const view = await this.consents.view(tx, institutionId, owner, consentId);
      if (!view) throw platformProblem('not_found');
      return work(view, tx, institutionId);
    });
  }

  private async at<Value>(
    bankCode: string,
    work: (tx: Transaction, institutionId: number) => Promise<Value>,
  ): Promise<Value> {
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution) throw platformProblem('not_found');
    return this.database.inInstitution(institution.id, (tx) => work(tx, institution.id));
  }

  private async now(): Promise<string> {
    return instantToWire(await this.clock.now());
  }
}
