import type { Grounds, RemovedRight, TwoPeople } from '#libs/contracts';
import type { Instant } from '#libs/kernel';

/** What officers enter for a step; which of it a step needs is said by the machine's refusals. */
export interface StepFields {
  readonly items?: readonly string[];
  readonly grounds?: Grounds;
  /** What the intermediary itself reported, where the finding or the demand rests on it. */
  readonly incidentIds?: readonly string[];
  /** Set for this demand or request; without it the institution's parameter counts (RKN-S4a, RKN-C2a). */
  readonly periodDays?: number;
  /** The protective holds in force become this demand and end with it (INT-13). */
  readonly fromHold?: boolean;
  /** How many days more, where a period is extended (RKN-S4b, RKN-C2b). */
  readonly addedDays?: number;
  readonly kind?: 'restriction' | 'suspension';
  readonly removed?: readonly RemovedRight[];
  readonly until?: Instant;
  /** When it is to take effect; without it, when it is approved. */
  readonly effectiveAt?: Instant;
  readonly ground?: 'partner_default' | 'guidance_failure';
  readonly explanation?: string;
  readonly withheldBecause?: string;
  readonly reason?: string;
}

/** What two people decide on: its canonical text is hashed, and nothing else is carried out (T-17). */
export interface StepContent {
  readonly epspId: string;
  /** Only of a chain stop (RKN-C2). */
  readonly partnerId?: string;
  readonly step: string;
  readonly institutionIds: readonly number[];
  /** By institution: the demand, request, notice or measure that the proposer had before him. */
  readonly about: Readonly<Record<string, string>>;
  readonly fields: StepFields;
}

/** What an institution's parameters say of a step; absent where it has set nothing (INT-12). */
export interface StepParameters {
  readonly periodDays?: number;
  readonly leadHours?: number;
}

/** Everything that an event is made of, at one institution. */
export interface StepMaking {
  readonly content: StepContent;
  readonly institutionId: number;
  readonly people: TwoPeople;
  readonly parameters: StepParameters;
  readonly eventId: string;
  readonly at: Instant;
  newId(prefix: 'dem' | 'req' | 'ntc' | 'mea'): string;
}

/** What stands on a stored event besides what its machine reads: for the link, the letters and the record. */
export interface EventExtras {
  readonly grounds?: Grounds;
  readonly until?: Instant;
  /** For when two people had decided it, where that was not at once. */
  readonly effectiveAt?: Instant;
  readonly reason?: string;
  readonly measureId?: string;
  readonly items?: readonly string[];
  readonly incidentIds?: readonly string[];
  readonly periodDays?: number;
  readonly addedDays?: number;
  readonly explanation?: string;
  readonly text?: string;
  readonly evidence?: readonly string[];
}

const NO_GROUNDS: Grounds = { text: '', evidence: [] };

export const groundsOf = ({ content }: StepMaking): Grounds => content.fields.grounds ?? NO_GROUNDS;

/** The incidents stand on the event, where timeline, letter and second judgement find them. */
export const incidentsOf = ({ content }: StepMaking) => {
  const { incidentIds = [] } = content.fields;
  return incidentIds.length === 0 ? {} : { incidentIds };
};

export const aboutOf = ({ content, institutionId }: StepMaking): string =>
  content.about[String(institutionId)] ?? '';

/** The head that every act of an institution has. */
export const actOf = ({ institutionId, people, eventId, at }: StepMaking) => ({
  id: eventId,
  happenedAt: at,
  institution: String(institutionId),
  enteredBy: people.enteredBy,
  approvedBy: people.approvedBy,
});

export const periodOf = ({ content, parameters }: StepMaking) => {
  const periodDays = content.fields.periodDays ?? parameters.periodDays;
  return periodDays === undefined ? {} : { periodDays };
};

/** The announcement of a measure; the notice carries what will be taken away (INT-17). */
export const announcementOf = (making: StepMaking) => {
  const { fields } = making.content;
  const { leadHours } = making.parameters;
  return {
    noticeId: making.newId('ntc'),
    kind: fields.kind ?? ('restriction' as const),
    removed: fields.removed ?? [],
    ...(leadHours === undefined ? {} : { leadHours }),
  };
};

const timingOf = ({ content: { fields } }: StepMaking) =>
  fields.effectiveAt === undefined ? {} : { effectiveAt: fields.effectiveAt };

/** A measure that follows its notice: with grounds of its own and, where it is meant to end by itself, its end. */
export const commitmentOf = (making: StepMaking) => ({
  noticeId: aboutOf(making),
  measureId: making.newId('mea'),
  grounds: groundsOf(making),
  ...(making.content.fields.until === undefined ? {} : { until: making.content.fields.until }),
  ...timingOf(making),
});

/** More time for the same demand or request; without a number of days the machine refuses. */
export const extensionOf = ({ content }: StepMaking) => ({
  reason: content.fields.reason ?? '',
  ...(content.fields.addedDays === undefined ? {} : { addedDays: content.fields.addedDays }),
});

/** A measure's end moves further away; one that is not named lies in the past and is refused. */
export const longerMeasureOf = (making: StepMaking) => ({
  measureId: aboutOf(making),
  until: making.content.fields.until ?? making.at,
  grounds: groundsOf(making),
});

export const liftingOf = (making: StepMaking) => ({
  reason: making.content.fields.reason ?? '',
  measureId: aboutOf(making),
  ...timingOf(making),
});
