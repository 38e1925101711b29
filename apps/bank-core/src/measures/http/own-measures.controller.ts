import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AnnouncedMeasure } from '#libs/contracts';
import {
  idempotencySentences,
  idempotencyStatuses,
  platformProblem,
  problemOf,
} from '#libs/platform';
import { AgreementsService } from '../../agreements/index.js';
import { AnswersDocument } from '../../documents/index.js';
import { InstitutionsService } from '../../institutions/index.js';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { BankCodes } from '../../staff/index.js';
import { measureSentences } from '../domain/measure.refusals.js';
import { LettersService } from '../letters.service.js';
import { RepliesService } from '../replies.service.js';
import { TimelineService, type ProcedureView } from '../timeline.service.js';
import { DrawLetter } from './draw-letter.js';
import { LetterFormQuery, LettersDto, ListLettersQuery, letterToWire } from './letter.dto.js';
import { measureStatuses } from './measure.problems.js';
import { OwnMatterDto, OwnMattersDto, ReplyDto, ReplyTakenDto } from './own-measures.dto.js';
import { procedureToWire } from './view.dto.js';

const PAGE = 50;

/** The intermediary's side: what is demanded, by when, under which clause, its letters and its replies. */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self`)
export class OwnMeasuresController {
  constructor(
    @Inject(LettersService) private readonly letters: LettersService,
    @Inject(RepliesService) private readonly replies: RepliesService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(DrawLetter) private readonly draw: DrawLetter,
  ) {}

  @Get('letters')
  @ApiOperation({ operationId: 'listOwnLetters', summary: '自社あての文書' })
  @ApiOkResponse({ type: LettersDto })
  async list(
    @Query() { before, limit = PAGE }: ListLettersQuery,
    @Req() request: FastifyRequest,
  ): Promise<LettersDto> {
    const { epspId } = internalCaller(request);
    const found = await this.letters.ofIntermediary(epspId, { before, limit });
    const letters = await Promise.all(
      found.map(async (letter) =>
        letterToWire(letter, await this.codes.codeOf(letter.institutionId)),
      ),
    );
    return { letters };
  }

  @Get('letters/:documentId')
  @ApiOperation({ operationId: 'fetchOwnLetter', summary: '文書の受領' })
  @AnswersDocument()
  async fetch(
    @Param('documentId') documentId: string,
    @Query() { form }: LetterFormQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const caller = internalCaller(request);
    const sealed = await this.letters.fetch(caller.epspId, documentId, caller);
    if (!sealed.ok) throw problemOf(sealed.refusal, measureStatuses, measureSentences);
    await this.draw.send(reply, sealed.value, form);
  }

  @Get('matters')
  @ApiOperation({ operationId: 'listOwnMatters', summary: '自社に求められていること' })
  @ApiOkResponse({ type: OwnMattersDto })
  async matters(@Req() request: FastifyRequest): Promise<OwnMattersDto> {
    const { epspId } = internalCaller(request);
    if (!(await this.agreements.intermediary(epspId))) throw platformProblem('not_found');
    const matters: OwnMatterDto[] = [];
    for (const { id, bankCode } of await this.institutions.all())
      for (const view of await this.timeline.standing(id, epspId))
        if (view.machine !== 'link')
          matters.push(await this.ownMatter(view, { id, bankCode, epspId }));
    return { matters };
  }

  @Post('replies')
  @HttpCode(200)
  @ApiOperation({ operationId: 'reply', summary: '改善の報告・停止の報告' })
  @ApiOkResponse({ type: ReplyTakenDto })
  async reply(
    @Body() { kind, text, evidence, demandId, ...named }: ReplyDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) answer: FastifyReply,
  ): Promise<ReplyTakenDto> {
    const { epspId, clientId } = internalCaller(request);
    const key = idempotencyKeyOf(request);
    const place = await this.placeOf(epspId, { demandId, ...named });
    const about = { kind, text, evidence, demandId, ...place };
    const result = await this.replies.take({ epspId, clientId, key, ...about });
    if (!result.ok)
      throw problemOf(
        result.refusal,
        { ...measureStatuses, ...idempotencyStatuses },
        { ...measureSentences, ...idempotencySentences },
      );
    if (result.value.isReplay) void answer.header('idempotency-replayed', 'true');
    return result.value.body;
  }

  /** Where a reply belongs. Another's partner, demand or request is as unknown as none (T-14). */
  private async placeOf(
    epspId: string,
    named: Pick<ReplyDto, 'bankCode' | 'demandId' | 'requestId' | 'chainPartnerId'>,
  ): Promise<{ institutionId: number; partnerId: string | undefined }> {
    const { bankCode, chainPartnerId: partnerId } = named;
    if (partnerId !== undefined) {
      const partner = await this.agreements.partner(partnerId);
      if (partner?.intermediaryId !== epspId) throw platformProblem('not_found');
    }
    if (bankCode !== undefined)
      return { institutionId: await this.codes.idOf(bankCode), partnerId };
    const about = named.demandId ?? named.requestId;
    if (about === undefined) throw platformProblem('validation_failed');
    const letter = await this.letters.carryingAnywhere(epspId, about);
    if (!letter) throw platformProblem('not_found');
    return { institutionId: letter.institutionId, partnerId: letter.chainPartnerId ?? partnerId };
  }

  /** Nothing of what the institution keeps to itself: no grounds withheld, no people (RKN-C2c/b). */
  private async ownMatter(
    view: ProcedureView,
    { id, bankCode, epspId }: { id: number; bankCode: string; epspId: string },
  ): Promise<OwnMatterDto> {
    const { machine, chainPartnerId, state, since, deadlines, duties, ...said } =
      procedureToWire(view);
    const facts = view.facts as OwnFacts;
    const about = facts.demand?.id ?? facts.request?.id ?? null;
    const letterOf = async (what: string | null) =>
      what === null ? null : ((await this.letters.carrying(id, epspId, what))?.documentId ?? null);
    return {
      bankCode,
      machine,
      chainPartnerId,
      state,
      since,
      about,
      letterId: await letterOf(about),
      announced: facts.notice
        ? {
            ...announcedOf(facts.notice),
            letterId: await letterOf(facts.notice.noticeId),
            statementUntil: said.statementUntil,
            statements: said.statements,
          }
        : null,
      items: [...(facts.demand?.items ?? [])],
      deadlines,
      duties: duties.filter(({ who }) => who === 'epsp'),
    };
  }
}

/** What of a procedure's facts concerns the intermediary. */
interface OwnFacts {
  readonly demand?: { readonly id: string; readonly items: readonly string[] };
  readonly request?: { readonly id: string };
  readonly notice?: AnnouncedMeasure;
}

const announcedOf = ({ noticeId, kind, removed, leadHours }: AnnouncedMeasure) => ({
  noticeId,
  kind,
  leadHours,
  removed: removed.map(({ right, reach, callsPerMinuteMax = null }) => ({
    right,
    reach,
    callsPerMinuteMax,
  })),
});
