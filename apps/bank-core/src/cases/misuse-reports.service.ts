import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, refused } from '#libs/kernel';
import type { CaseDecision } from '#libs/liability';
import type { Transaction } from '#libs/platform';
import { AccountsService, type Debited } from '../accounts/index.js';
import { HoldersService } from '../holders/index.js';
import { RecordsService } from '../records/index.js';
import { CaseBook, type OpenedCase, type Told } from './case-book.service.js';
import { CaseNotices } from './case-notices.js';
import { CaseTerms } from './case-terms.service.js';
import { CasesService } from './cases.service.js';
import { ClaimsService } from './claims.service.js';
import type { LossReport } from './domain/case-report.js';
import {
  claimOfReport,
  lossOf,
  withPoliceReport,
  type MisuseReport,
  type PoliceReport,
} from './domain/misuse-report.js';
import { claimFrom } from './domain/stored-values.js';
import { neededFromHolder } from './domain/what-is-needed.js';
import { insertNote, isCaseOfHolder, type CaseName } from './storage/case.store.pg.js';
import { isCompensated, latestFacts } from './storage/claim.store.pg.js';

/** From the holder's report to an open claim, in one step: nobody tells the same thing twice. Source: SM-14.1-1. */
@Injectable()
export class MisuseReports {
  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(CaseNotices) private readonly notices: CaseNotices,
  ) {}

  /**
   * Opens a case and its claim, and confirms it by mail. The loss is what the ledger says left the account. Refuses
   * with `transfers_missing`, `transfer_unknown` (SM-13.1b), `transfer_in_other_case`, and as `openCase` does.
   */
  async report(institutionId: number, told: MisuseReport, by: string): Promise<Told<CaseName>> {
    const now = await this.book.now();
    const knownAt = told.noticedAt <= now ? told.noticedAt : undefined;
    const dueAt =
      knownAt === undefined ? undefined : await this.terms.causeDueAt(institutionId, knownAt);
    return this.book.inside(institutionId, async (tx, at) => {
      const holder = await this.holders.byId(tx, institutionId, told.holderId);
      if (!holder) return refused('case_unknown');
      const ledger = await this.debited(tx, institutionId, told);
      if (!ledger.ok) return ledger;
      const report = await this.lossReport(tx, institutionId, told, ledger.value);
      const opened = await this.cases.open(tx, institutionId, { report, dueAt, at, by });
      if (!opened.ok) return opened;
      const name = opened.value;
      const inHand = await this.book.open(tx, name, at);
      assert(inHand, 'A case that was just opened is there.');
      if (await latestFacts(tx, name)) return accepted(name);
      const claim = claimOfReport(told, holder.kind, ledger.value, at);
      const entered = await this.claims.enter(inHand, 0, claim, by);
      if (!entered.ok) return entered;
      const { holderId: _, reference: __, ...content } = told;
      await insertNote(tx, name, { kind: 'misuse_report', content, at, by });
      await this.confirm(inHand, 'reported', entered.value.decided, dueAt);
      return accepted(name);
    });
  }

  /** The number that the police gave, told later: evidence, and a new version of the facts (SM-14.1-3, INT-20). */
  policeReport(
    name: CaseName,
    holderId: string | undefined,
    told: PoliceReport,
    by: string,
  ): Promise<Told<CaseName>> {
    return this.book.onCase(name, async (opened) => {
      const { tx, at } = opened;
      if (holderId !== undefined && !(await isCaseOfHolder(tx, name, holderId)))
        return refused('case_unknown');
      const facts = await latestFacts(tx, name);
      if (!facts) return refused('case_unknown');
      if (await isCompensated(tx, name))
        return refused('named_twice', { clause: 'SM-14.6', facts: { field: 'caseId' } });
      const claim = withPoliceReport(claimFrom(facts.facts), told);
      const entered = await this.claims.enter(opened, facts.version, claim, by);
      if (!entered.ok) return entered;
      await insertNote(tx, name, { kind: 'police_report', content: told, at, by });
      await this.confirm(opened, 'police_report', entered.value.decided, undefined);
      return accepted(name);
    });
  }

  private async debited(
    tx: Transaction,
    institutionId: number,
    { holderId, transferIds }: MisuseReport,
  ): Promise<Told<readonly Debited[]>> {
    const ids = [...new Set(transferIds)];
    if (ids.length === 0)
      return refused('transfers_missing', {
        clause: 'SM-13.1b',
        facts: { field: 'transferIds' },
      });
    const ledger = await this.accounts.debited(tx, institutionId, holderId, ids);
    const missing = ids.findIndex((id) => !ledger.some(({ key }) => key === id));
    return missing < 0
      ? accepted(ids.flatMap((id) => ledger.filter(({ key }) => key === id)))
      : refused('transfer_unknown', {
          clause: 'SM-13.1b',
          facts: { field: `transferIds[${missing}]` },
        });
  }

  /** Through whom the money went says the machine record; several intermediaries are none (RKN-L1). */
  private async lossReport(
    tx: Transaction,
    institutionId: number,
    { holderId, reference, noticedAt }: MisuseReport,
    ledger: readonly Debited[],
  ): Promise<LossReport> {
    const parties = new Map<string, { epspId?: string; chainPartnerId?: string }>();
    for (const { key } of ledger) {
      const kept = await this.records.ofTransfer(tx, institutionId, key);
      const { epspId, chainPartnerId } = kept.find((one) => one.epspId !== null) ?? {};
      const party = {
        ...(epspId && { epspId }),
        ...(chainPartnerId && chainPartnerId !== 'none' && { chainPartnerId }),
      };
      parties.set(JSON.stringify(party), party);
    }
    const [only] = [...parties.values()];
    return {
      origin: 'holder',
      reference: `${holderId}/${reference}`,
      category: 'fraud',
      lossYen: lossOf(ledger),
      occurredAt: Math.min(...ledger.map(({ postedAt }) => postedAt)),
      knownAt: noticedAt,
      holderId,
      ...(parties.size === 1 && only),
      requestIds: ledger.map(({ key }) => key),
    };
  }

  private confirm(
    opened: OpenedCase,
    kind: 'reported' | 'police_report',
    decided: CaseDecision,
    answerBy: number | undefined,
  ): Promise<void> {
    const needed = neededFromHolder(decided.decision.unknown);
    return this.notices.tell(opened, { kind, needed, answerBy });
  }
}
