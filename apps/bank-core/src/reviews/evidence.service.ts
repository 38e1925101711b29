import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { accepted, CivilDate, newId, refused, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { PartnerActsService } from '../agreements/index.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import type { StaffMember } from '../staff/index.js';
import {
  cleanName,
  EVIDENCE_BYTES_OF_ONE_MAX,
  isZip,
  judgeType,
  type EvidenceFile,
} from './domain/evidence.js';
import type { ReviewRefusal } from './domain/review.refusals.js';
import { ReviewDesk } from './review-desk.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';

type Answered<Value> = Promise<Result<Value, Refusal<ReviewRefusal>>>;

/** A file that was taken in, or was there already. */
export interface Taken {
  readonly file: EvidenceFile;
  readonly isNew: boolean;
}

/** A file as the officers of one institution see it. */
export interface EvidenceView {
  readonly file: EvidenceFile;
  /** Two people of this institution let its officers open it, although no scanner judged it. */
  readonly isReleased: boolean;
  readonly mayOpen: boolean;
}

/** Takes evidence in and keeps it closed until it was examined (RKN-S2, T-25). */
@Injectable()
export class EvidenceService {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(EvidenceStore) private readonly store: EvidenceStore,
    @Inject(PartnerActsService) private readonly partners: PartnerActsService,
  ) {}

  /**
   * Takes a file in; the same bytes again are the file that is there. Refuses with `file_empty`,
   * `file_type_refused` and `evidence_too_much`.
   */
  async take(caller: InternalCaller, name: string, bytes: Buffer): Answered<Taken> {
    const fileName = cleanName(name);
    const sniffed = isZip(bytes) ? undefined : (await fileTypeFromBuffer(bytes))?.mime;
    const mediaType = judgeType(fileName, bytes, sniffed);
    if (!mediaType.ok) return mediaType;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return this.desk.asParty(caller, async (tx, at, note): Answered<Taken> => {
      const held = await this.store.bytesOf(tx, caller.epspId);
      if (held + bytes.length > EVIDENCE_BYTES_OF_ONE_MAX) return refused('evidence_too_much');
      const id = newId('evd', at);
      const about = { id, epspId: caller.epspId, fileName, mediaType: mediaType.value, sha256 };
      const made = { ...about, sizeBytes: bytes.length, uploadedAt: at };
      const file = await this.store.insert(tx, { ...made, uploadedBy: caller.clientId }, bytes);
      if (!file) throw new Error('What was taken in has to be there.');
      const isNew = file.id === id;
      if (isNew) await note('evidence_uploaded', { ...about, sizeBytes: bytes.length });
      return accepted({ file, isNew });
    });
  }

  list(
    epspId: string,
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<EvidenceFile[]> {
    return this.desk.database.transaction((tx) => this.store.list(tx, epspId, page));
  }

  own(epspId: string, id: string): Answered<EvidenceFile> {
    return this.desk.database.transaction(async (tx) => {
      const file = await this.store.find(tx, id);
      return file?.epspId === epspId ? accepted(file) : refused('evidence_unknown');
    });
  }

  /** What an institution was shown in a submission, and nothing else of the intermediary (T-20). */
  seen(institutionId: number, id: string): Answered<EvidenceView> {
    return this.desk.database.inInstitution(institutionId, (tx) =>
      this.view(tx, institutionId, id),
    );
  }

  /** The bytes for an officer. A file in quarantine is never opened, nor is one that was found infected. */
  async open(
    institutionId: number,
    id: string,
    officer: StaffMember,
  ): Answered<{ readonly file: EvidenceFile; readonly bytes: Buffer }> {
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const view = await this.view(tx, institutionId, id);
      if (!view.ok) return view;
      const { file, mayOpen } = view.value;
      if (file.erasedAt !== undefined) return refused('evidence_erased', { clause: 'RKN-S2' });
      if (!mayOpen)
        return refused(file.state === 'infected' ? 'evidence_infected' : 'evidence_quarantined', {
          clause: 'RKN-S2',
        });
      const bytes = await this.store.bytes(tx, id);
      if (!bytes) return refused('evidence_unknown');
      await this.desk.records.append(tx, {
        institutionId,
        happenedAt: await this.desk.clock.now(),
        kind: 'evidence_opened',
        epspId: file.epspId,
        content: { evidenceId: id, sha256: file.sha256, officer: officer.mailAddress },
      });
      return accepted({ file, bytes });
    });
  }

  async view(tx: Transaction, institutionId: number, id: string): Answered<EvidenceView> {
    const file = await this.store.find(tx, id);
    if (!file || !(await this.isShown(tx, institutionId, file))) return refused('evidence_unknown');
    const isReleased = await this.store.isReleased(tx, file);
    const isExamined = file.state === 'clean' || (file.state === 'quarantined' && isReleased);
    return accepted({ file, isReleased, mayOpen: isExamined && file.erasedAt === undefined });
  }

  /** In a submission that the institution received, or filed of a partner while an agreement covers it (RKN-C1a). */
  private async isShown(
    tx: Transaction,
    institutionId: number,
    file: EvidenceFile,
  ): Promise<boolean> {
    if (await this.store.isShown(tx, file)) return true;
    const filed = await this.partners.withDocument(tx, file.epspId, file.sha256);
    if (filed.length === 0) return false;
    const today = CivilDate.inTokyo(await this.desk.clock.now());
    return this.desk.agreements.covers(file.epspId, institutionId, today);
  }
}
