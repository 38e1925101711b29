import { Inject, Injectable } from '@nestjs/common';
import { assert, sumYen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { ClearingService, type ComingBack, type LapsedPart } from '../clearing/index.js';
import { CaseBook, type OpenedCase } from './case-book.service.js';
import { CaseNotices } from './case-notices.js';
import { CaseTerms } from './case-terms.service.js';
import { divideReturn, type ReturnedPart } from './domain/divide-return.js';
import { caseOfTransfer, isCompensated } from './storage/claim.store.pg.js';

/** Stolen money that comes back later goes to who bears the loss now, and the case says so (SM-14.6, X-05). */
@Injectable()
export class LapsedReturns {
  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(CaseNotices) private readonly notices: CaseNotices,
    @Inject(ClearingService) clearing: ClearingService,
  ) {
    clearing.onReturn((tx, back) => this.lapsed(tx, back));
  }

  private async lapsed(tx: Transaction, back: ComingBack): Promise<LapsedPart | undefined> {
    const { institutionId, transferId, amountYen, at } = back;
    const caseId = await caseOfTransfer(tx, institutionId, transferId);
    if (caseId === undefined) return undefined;
    // An award holds the same lock while it looks for what came back: one of the two sees the other.
    const opened = await this.book.open(tx, { institutionId, caseId }, at);
    assert(opened, `Case ${caseId} has a transfer and is gone.`);
    if (!(await isCompensated(tx, opened.name))) return undefined;
    const order = await this.terms.recoveryOrder(institutionId, at, tx);
    const parts = divideReturn(opened.state.book, amountYen, order);
    const ownYen = sumYen(parts.filter(({ forSide }) => forSide).map((part) => part.amountYen));
    return { ownYen, enter: () => this.enter(opened, transferId, parts) };
  }

  private async enter(
    opened: OpenedCase,
    transferId: string,
    parts: readonly ReturnedPart[],
  ): Promise<void> {
    let now = opened;
    for (const [index, part] of parts.entries()) {
      const recovery = { id: `${transferId}/return/${index + 1}`, ...part };
      const event = { type: 'recovered', recovery, order: 'payer_first' } as const;
      const told = await this.book.tell(now, event, 'clearing');
      assert(told.ok, `The return of ${transferId} is refused by its case.`);
      now = told.value;
    }
    await this.notices.tell(now, { kind: 'returned' });
  }
}
