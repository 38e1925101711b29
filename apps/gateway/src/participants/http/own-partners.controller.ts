import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { coreProblem, OwnAffairs, type OwnPartnerView } from '../../bank/index.js';
import { PARTICIPANTS_SCOPE } from '../../clients/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ActsOnce, IdempotencyKey, REPLAYED } from '../../platform/http/idempotency-key.js';
import { ETAG, etagOf, IfMatch, requireMatch } from './etag.js';
import { ownCaller } from './own-caller.js';
import {
  PartnerDto,
  PartnerPatchDto,
  PartnerProposalDto,
  PartnersDto,
  toPartner,
} from './partner.dto.js';

const PATH = 'v1/participants/me/chain-partners';
const OWN = { kind: 'own', scope: PARTICIPANTS_SCOPE } as const;
const PartnerId = () =>
  ApiParam({
    name: 'chainPartnerId',
    schema: { type: 'string', pattern: '^cp_[0-9a-z]{26}$', maxLength: 29 },
  });

/** 連鎖接続先: proposed and withdrawn by the intermediary, contracted and stopped by people (RKN-C1a). */
@ApiTags('participants')
@Controller(PATH)
export class OwnPartnersController {
  constructor(@Inject(OwnAffairs) private readonly affairs: OwnAffairs) {}

  @Get()
  @Guarded(OWN)
  @Documented({
    id: 'listChainPartners',
    ja: '自社の連鎖接続先の一覧',
    en: 'Your own chain partners, of the past as well; the list is whole',
  })
  @ApiOkResponse({ type: PartnersDto })
  async list(@CurrentAccess() access: Access): Promise<PartnersDto> {
    const data = (await this.all(access)).map(toPartner);
    return { data, links: { self: `/${PATH}` }, meta: { count: data.length, hasMore: false } };
  }

  @Get(':chainPartnerId')
  @PartnerId()
  @Guarded(OWN)
  @Documented({ id: 'getChainPartner', ja: '連鎖接続先', en: 'One of your own chain partners' })
  @ApiOkResponse({ type: PartnerDto, headers: ETAG })
  async get(
    @CurrentAccess() access: Access,
    @Param('chainPartnerId') chainPartnerId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerDto> {
    return told(await this.one(access, chainPartnerId), reply);
  }

  @Post()
  @Guarded(OWN)
  @Documented({
    id: 'proposeChainPartner',
    ja: '連鎖接続先の届出',
    en: 'Put a chain partner before the bank; it passes no call until it is contracted',
    also: [409, 422],
  })
  @ActsOnce()
  @ApiCreatedResponse({ type: PartnerDto, headers: ETAG })
  async propose(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Body() proposal: PartnerProposalDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerDto> {
    const answer = await this.affairs.propose(ownCaller(access), key, proposal);
    if (!answer.ok) throw coreProblem(answer.refusal);
    const { value, isReplay } = answer.value;
    if (isReplay) void reply.header(REPLAYED, 'true');
    void reply.header('location', `/${PATH}/${value.partnerId}`);
    return told(await this.one(access, value.partnerId), reply);
  }

  @Patch(':chainPartnerId')
  @PartnerId()
  @Guarded(OWN)
  @Documented({
    id: 'changeChainPartner',
    ja: '連鎖接続先の届出の変更',
    en: 'Correct what waits for the bank; what is contracted stays as it is (RKN-C1a)',
    also: [409, 412, 422, 428],
  })
  @IfMatch()
  @ApiOkResponse({ type: PartnerDto, headers: ETAG })
  async change(
    @CurrentAccess() access: Access,
    @Param('chainPartnerId') chainPartnerId: string,
    @Body() patch: PartnerPatchDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PartnerDto> {
    const view = await this.one(access, chainPartnerId);
    requireMatch(request, tagOf(view));
    const asked = { ...patch, version: view.version };
    // bank-core compares the version again in the transaction of the change.
    const answer = await this.affairs.changePartner(ownCaller(access), chainPartnerId, asked);
    if (!answer.ok) throw coreProblem(answer.refusal);
    return told(answer.value, reply);
  }

  @Delete(':chainPartnerId')
  @HttpCode(204)
  @PartnerId()
  @Guarded(OWN)
  @Documented({
    id: 'withdrawChainPartner',
    ja: '連鎖接続先の取下げ・停止',
    en: 'Take a proposal back, or stop the connection with a partner (RKN-C2b)',
  })
  @ApiNoContentResponse()
  async withdraw(
    @CurrentAccess() access: Access,
    @Param('chainPartnerId') chainPartnerId: string,
  ): Promise<void> {
    if (!isId('cp', chainPartnerId)) throw platformProblem('not_found');
    const answer = await this.affairs.withdraw(ownCaller(access), chainPartnerId);
    if (!answer.ok) throw coreProblem(answer.refusal);
  }

  private async all(access: Access): Promise<readonly OwnPartnerView[]> {
    const answer = await this.affairs.partners(ownCaller(access));
    if (!answer.ok) throw coreProblem(answer.refusal);
    return answer.value.data;
  }

  private async one(access: Access, chainPartnerId: string): Promise<OwnPartnerView> {
    const found = (await this.all(access)).find((one) => one.chainPartnerId === chainPartnerId);
    if (!found) throw platformProblem('not_found');
    return found;
  }
}

function told(view: OwnPartnerView, reply: FastifyReply): PartnerDto {
  void reply.header('etag', tagOf(view));
  return toPartner(view);
}

/** With the version: a change there and back is a change. */
const tagOf = (view: OwnPartnerView): string =>
  etagOf({ ...toPartner(view), version: view.version });
