import { Inject, Injectable } from '@nestjs/common';
import { accepted, newId, refused, type Clock, type Refusal, type Result } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { HoldersService } from '../holders/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { checkPaper, type PaperEntry, type SealCheck } from './domain/paper-entry.js';
import type { PaperRefusal } from './domain/paper.refusals.js';
import { insertPaper, paperById } from './storage/paper.store.pg.js';

export type NewPaper = Pick<PaperEntry, 'kind' | 'holderId' | 'formReference' | 'receivedAt'> & {
  readonly sealCheck?: SealCheck | undefined;
};

/** Papers and their seal checks, each once, for ever. Source: SM-13.5. */
@Injectable()
export class PapersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  /** Takes a paper in; the same form again is the same entry. Refuses as `checkPaper` does. */
  async take(
    institutionId: number,
    paper: NewPaper,
    by: string,
  ): Promise<Result<PaperEntry, Refusal<PaperRefusal>>> {
    const at = await this.clock.now();
    const checked = checkPaper(paper, at);
    if (!checked.ok) return checked;
    const { kind, holderId, formReference, receivedAt } = paper;
    return this.database.inInstitution(institutionId, async (tx) => {
      if (!(await this.holders.byId(tx, institutionId, holderId)))
        return refused('paper_holder_unknown', { facts: { field: 'holderId' } });
      const id = newId('rec', at);
      const told = { id, kind, holderId, formReference, receivedAt, sealCheck: checked.value };
      const entry = await insertPaper(tx, institutionId, {
        ...told,
        recordedBy: by,
        recordedAt: at,
      });
      if (entry.id === id)
        await this.records.append(tx, {
          institutionId,
          happenedAt: receivedAt,
          kind: 'paper_taken',
          holderId,
          content: { paper: id, paperKind: kind, formReference, sealCheck: checked.value, by },
        });
      return accepted(entry);
    });
  }

  find(tx: Transaction, institutionId: number, id: string): Promise<PaperEntry | undefined> {
    return paperById(tx, institutionId, id);
  }
}
