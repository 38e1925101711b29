import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#libs/kernel';
import { ACCOUNT_TYPE_NAMES } from '../../accounts/index.js';
import { credentialSentences, type CredentialRefusal } from '../../credentials/index.js';
import { transferSentences, type TransferRefusal } from '../../transfers/index.js';
import { mayRechoose } from '../domain/pages.js';
import { TransferFlow, type ConfirmRefusal, type OfferShown } from '../transfer-flow.js';
import { accountName } from './account-name.js';
import { PageDesk, type Answer, type Desk } from './page-desk.js';
import { TransferForm } from './page.forms.js';
import type { Finding } from './pages/frame.js';
import { TransferPage } from './pages/transfer-page.js';
import { TransferRefusedPage } from './pages/transfer-refused-page.js';
import { presentProblemAsPage } from './present-problem.js';
import { whoOf } from './who-of.js';

/** The holder reads the page again and may try again; everything else is final for this account. */
const AGAIN: readonly ConfirmRefusal[] = ['factors_not_matched', 'content_changed', 'ledger_busy'];

const sentences = { ...transferSentences, ...credentialSentences } as Readonly<
  Record<TransferRefusal | CredentialRefusal, { ja: string; en: string; clause?: string }>
>;

@ApiExcludeController()
@Controller('approve/:id/transfer')
export class TransferController {
  constructor(
    @Inject(PageDesk) private readonly desk: PageDesk,
    @Inject(TransferFlow) private readonly flow: TransferFlow,
  ) {}

  @Get()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.show(request, reply, 'transfer', (desk) => this.page(desk, []));
  }

  @Post()
  @RouteConfig({ presentProblem: presentProblemAsPage })
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.desk.take(request, reply, 'transfer', TransferForm, async (desk, form) => {
      const missing = whatIsMissing(desk, form);
      if (missing.length > 0) return this.page(desk, missing);
      const result = await this.flow.confirm(desk.approval, {
        contentHash: form.content,
        confirmationPassword: form['confirmation-password'],
        otp: form.otp,
      });
      if (result.ok) return { leave: true };
      const { code } = result.refusal;
      if (code === 'content_changed')
        return this.page(desk, [{ text: desk.words('transfer.changed') }]);
      if (!AGAIN.includes(code)) return refusedPage(desk, result.refusal);
      const text = sentences[code][desk.words.language];
      const again = await this.page(desk, [{ field: 'confirmation-password', text }]);
      const seconds = result.refusal.facts?.['retryAfterSeconds'];
      return typeof seconds === 'number' ? { ...again, ...waiting(seconds) } : again;
    });
  }

  private async page(desk: Desk, findings: readonly Finding[]): Promise<Answer> {
    const shown = await this.flow.offer(desk.approval);
    return shown.ok ? offerPage(desk, shown.value, findings) : refusedPage(desk, shown.refusal);
  }
}

/** Too much waits at the moment: nothing is wrong with what was entered (RFC 9110 section 10.2.3). */
const waiting = (retryAfterSeconds: number) => ({ status: 503, retryAfterSeconds });

function offerPage(desk: Desk, shown: OfferShown, findings: readonly Finding[]): Answer {
  const { words, names, approval } = desk;
  const { offer, factors } = shown;
  const { payee, payer } = offer;
  const type = ACCOUNT_TYPE_NAMES[payee.accountType][words.language];
  return {
    title: words('transfer.title'),
    status: findings.length > 0 ? 422 : 200,
    findings,
    cancelInside: true,
    validUntil: Math.min(offer.expiresAt, approval.expiresAt),
    show: (
      <TransferPage
        words={words}
        who={whoOf(names)}
        bankName={names.bankName ?? ''}
        offer={offer}
        payerName={accountName(words, payer)}
        payeeAccountName={`${payee.bankName} ${payee.branchName} ${type} ${payee.accountNumber}`}
        factors={factors}
        action={desk.address('transfer')}
        cancelAction={desk.address('cancel')}
        rechoose={mayRechoose(approval) ? desk.address('accounts') : undefined}
        token={desk.token}
        findings={findings}
      />
    ),
  };
}

/** Another account to pay from may help against these and against no others. */
const ABOUT_THE_ACCOUNT: ReadonlySet<ConfirmRefusal> = new Set<ConfirmRefusal>([
  'insufficient_funds',
  'debit_not_registered',
  'same_account',
  'account_closed',
  'payment_stopped',
]);

function refusedPage(desk: Desk, { code, clause }: Refusal<ConfirmRefusal>): Answer {
  const { words, approval } = desk;
  const sentence = sentences[code];
  const canRechoose = mayRechoose(approval) && ABOUT_THE_ACCOUNT.has(code);
  return {
    title: words('transfer.impossible'),
    status: 422,
    show: (
      <TransferRefusedPage
        words={words}
        code={code}
        sentence={sentence[words.language]}
        clause={clause ?? sentence.clause}
        rechoose={canRechoose ? desk.address('accounts') : undefined}
      />
    ),
  };
}

function whatIsMissing({ words }: Desk, form: TransferForm): Finding[] {
  const missing: Finding[] = [];
  if (form['confirmation-password'] === '')
    missing.push({
      field: 'confirmation-password',
      text: words('transfer.error.confirmationPassword'),
    });
  if (form.otp !== undefined && !/^\d{6,8}$/.test(form.otp))
    missing.push({ field: 'otp', text: words('transfer.error.otp') });
  return missing;
}
