import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Instant } from '#libs/kernel';
import { Database } from '#libs/platform';
import { CaseBook, type Told } from './case-book.service.js';
import { CaseTerms } from './case-terms.service.js';
import { CasesService } from './cases.service.js';
import type { CaseLine } from './domain/case-page.js';
import { decide } from './domain/decision-inputs.js';
import { viewForHolder, type HolderView } from './domain/holder-view.js';
import { claimFrom } from './domain/stored-values.js';
import { casesOfHolder } from './storage/case-list.store.pg.js';
import type { CaseName } from './storage/case.store.pg.js';

/** What a holder may see of the own claims: where each stands, what is still needed, what was decided and paid. */
@Injectable()
export class HolderClaims {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(CasesService) private readonly cases: CasesService,
  ) {}

  list(
    institutionId: number,
    holderId: string,
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<CaseLine[]> {
    return this.database.inInstitution(institutionId, (tx) =>
      casesOfHolder(tx, institutionId, holderId, page),
    );
  }

  /** One of them; `case_unknown` for somebody else's as for none (T-20). */
  async view({ institutionId, caseId }: CaseName, holderId: string): Promise<Told<HolderView>> {
    const page = await this.cases.page(institutionId, caseId);
    if (!page || page.row.holder_id !== holderId) return refused('case_unknown');
    const now = await this.book.now();
    const lacking = page.facts ? await this.lacking(institutionId, page.facts.facts, now) : [];
    return accepted(viewForHolder(caseId, page, lacking));
  }

  /** What the rules lack to decide it today; nothing is told of what they would say (T-28). */
  private async lacking(
    institutionId: number,
    facts: string,
    at: Instant,
  ): Promise<readonly string[]> {
    const terms = await this.terms.at(institutionId, at);
    const decided = decide({ ...terms, about: 'compensation', asked: claimFrom(facts) });
    return decided.ok ? decided.value.decision.unknown : [];
  }
}
