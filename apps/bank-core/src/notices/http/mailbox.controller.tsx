import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, platformProblem } from '#libs/platform';
import { wordsIn } from '#libs/ui';
import { InstitutionsService } from '../../institutions/index.js';
import { Mailbox } from '../mailbox.js';
import { MailboxDoor } from './mailbox-door.js';
import { DoorPage, MAILBOX_STYLE, MailsPage, sendMailboxPage } from './mailbox-page.js';

export class MailboxQuery {
  @IsOptional()
  @Matches(/^[0-9]{4}$/)
  bank?: string;
}

export class MailboxForm {
  @Matches(/^\P{Cc}*$/u)
  @MaxLength(254)
  staff: string;

  @IsString()
  @MaxLength(128)
  password: string;

  @Matches(/^[0-9]{6,8}$/)
  code: string;
}

/** The letter box of a demonstration: what would have been sent, for officers alone (design.md section 4). */
@ApiExcludeController()
@Controller('mailbox')
export class MailboxController {
  constructor(
    @Inject(MailboxDoor) private readonly door: MailboxDoor,
    @Inject(Mailbox) private readonly mailbox: Mailbox,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {}

  @Get('style.css')
  style(@Res() reply: FastifyReply): void {
    void reply
      .header('content-type', 'text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(MAILBOX_STYLE);
  }

  @Get()
  async show(
    @Query() query: MailboxQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.refuseWhereThereIsNone();
    const words = wordsIn(languageOf(request.headers['accept-language']));
    const horizon = await this.door.horizon(request);
    if (horizon === undefined)
      return sendMailboxPage(reply, {
        status: 200,
        words,
        body: <DoorPage words={words} wrong={false} />,
      });
    const all = (await this.institutions.all()).filter(
      ({ id }) => horizon === 'all' || horizon.includes(id),
    );
    const chosen = all.find(({ bankCode }) => bankCode === query.bank) ?? all[0];
    const mails = chosen ? await this.mailbox.newest(chosen.id) : [];
    const institutions = all.map(({ bankCode, nameJa, nameEn }) => ({
      bankCode,
      name: words.language === 'en' ? nameEn : nameJa,
    }));
    sendMailboxPage(reply, {
      status: 200,
      words,
      body: (
        <MailsPage
          words={words}
          institutions={institutions}
          chosen={chosen?.bankCode ?? ''}
          mails={mails}
        />
      ),
    });
  }

  @Post()
  @HttpCode(200)
  async open(
    @Body() form: MailboxForm,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.refuseWhereThereIsNone();
    if (!this.door.isOurs(request)) throw platformProblem('not_found');
    if (await this.door.open(reply, form)) return void reply.redirect('/mailbox', 303);
    const words = wordsIn(languageOf(request.headers['accept-language']));
    sendMailboxPage(reply, { status: 422, words, body: <DoorPage words={words} wrong /> });
  }

  @Post('close')
  async close(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.refuseWhereThereIsNone();
    if (!this.door.isOurs(request)) throw platformProblem('not_found');
    await this.door.close(request, reply);
    void reply.redirect('/mailbox', 303);
  }

  private refuseWhereThereIsNone(): void {
    if (!this.door.exists) throw platformProblem('not_found');
  }
}
