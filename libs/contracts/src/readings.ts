import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { ReadingEntry } from './readings/entry.js';
import { readings01to10 } from './readings/int-01-to-10.js';
import { readings11to20 } from './readings/int-11-to-20.js';
import { readings21to31 } from './readings/int-21-to-31.js';

/** The register of readings, INT-01 to INT-31, in order. Every default is `proposed` until signed. */
export const readings = { ...readings01to10, ...readings11to20, ...readings21to31 } as const;

export type ReadingId = keyof typeof readings;
/** The letters of an entry. */
export type LetterOf<Id extends ReadingId> = Extract<
  keyof (typeof readings)[Id]['readings'],
  string
>;

export const readingIds = Object.keys(readings) as ReadingId[];
export const readingEntry = (id: ReadingId): ReadingEntry => readings[id];

/** One institution's dated choice; two natural persons. `signed`: a lawyer has signed it. */
export interface ReadingChoice {
  readonly entry: ReadingId;
  readonly reading: string;
  readonly institution: string;
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  readonly chosenBy: string;
  readonly approvedBy: string;
  readonly status: 'proposed' | 'signed';
  readonly legalSource?: string;
}

/** A reading as a decision prints it: copied in, not referenced. Version 0 is the register's default. */
export interface ReadingUsed {
  readonly entry: ReadingId;
  readonly reading: string;
  readonly version: number;
  readonly effectiveFrom?: CivilDate;
  readonly approvers: readonly string[];
  readonly status: 'proposed' | 'signed';
}

/** The readings of one institution by date. */
export class ReadingBook {
  constructor(
    readonly institution: string,
    private readonly choices: readonly ReadingChoice[] = [],
  ) {}

  /** The reading in force on `date`; without a choice the register's A, unsigned. */
  on<Id extends ReadingId>(entry: Id, date: CivilDate): ReadingUsed & { reading: LetterOf<Id> } {
    const choice = this.choices
      .filter(
        (one) =>
          one.entry === entry &&
          one.institution === this.institution &&
          !one.effectiveFrom.isAfter(date),
      )
      .sort((a, b) => a.effectiveFrom.compare(b.effectiveFrom) || a.version - b.version)
      .at(-1);
    if (!choice) {
      const reading = 'A' as LetterOf<Id>;
      return { entry, reading, version: 0, approvers: [], status: 'proposed' };
    }
    return {
      entry,
      reading: choice.reading as LetterOf<Id>,
      version: choice.version,
      effectiveFrom: choice.effectiveFrom,
      approvers: [choice.chosenBy, choice.approvedBy],
      status: choice.status,
    };
  }
}

export type ChoiceRefusal = Refusal<
  | 'reading_unknown'
  | 'reading_not_selectable'
  | 'signature_required'
  | 'second_person_required'
  | 'effective_date_passed'
>;

/** May the institution choose this reading? Never retroactive. Source: interpretations.md section 1. */
export function mayChoose(
  choice: ReadingChoice,
  today: CivilDate,
): Result<ReadingChoice, ChoiceRefusal> {
  const entry = readingEntry(choice.entry);
  const about = { facts: { entry: choice.entry, reading: choice.reading } };
  if (!Object.hasOwn(entry.readings, choice.reading)) return refused('reading_unknown', about);
  if (entry.notSelectable?.includes(choice.reading)) {
    return refused('reading_not_selectable', about);
  }
  if (entry.signedOnly?.includes(choice.reading) && choice.status !== 'signed') {
    return refused('signature_required', about);
  }
  if (choice.chosenBy === choice.approvedBy) return refused('second_person_required', about);
  if (!choice.effectiveFrom.isAfter(today)) return refused('effective_date_passed', about);
  return accepted(choice);
}
