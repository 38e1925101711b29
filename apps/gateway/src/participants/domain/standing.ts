import type { ChainName, ReviewName } from '#libs/contracts';
import { instantToWire, type Instant, type Words } from '#libs/kernel';
import type { LinkStateView, OwnMatterView } from '../../bank/index.js';
import {
  applicationUnder,
  dutiesOf,
  stateOfPartner,
  worstOf,
  type ApplicationState,
  type Duties,
  type ParticipantState,
  type PartnerState,
} from './duties.js';

export interface StandingFacts {
  readonly participant: ParticipantState;
  readonly application: ApplicationState;
  /** The bank's own block of the software that asks, where there is one. */
  readonly block: { readonly since: Instant; readonly until: Instant } | null;
  readonly partners: readonly { readonly chainPartnerId: string; readonly status: PartnerState }[];
  readonly banks: readonly {
    readonly bankCode: string;
    /** `stale`: the copy is not current, so nothing can be said and transfers are refused meanwhile. */
    readonly states: readonly LinkStateView[] | 'stale';
  }[];
  /** The procedures of every institution (RKN-S4, RKN-C2). */
  readonly matters: readonly OwnMatterView[];
}

/** A measure that a prior notice announced and that is not in force yet (RKN-S4c, RKN-C2b). */
export interface Announced {
  readonly procedure: string;
  readonly chainPartnerId: string | null;
  readonly measure: NonNullable<OwnMatterView['announced']>;
}

export interface Measure {
  readonly state: 'restricted' | 'suspended' | 'terminated';
  /** `*`: every function, every partner and the intermediary itself. */
  readonly function: string;
  readonly chainPartnerId: string;
  readonly clause: string | null;
  readonly since: string | null;
  /** When it ends by itself; null where only a further act ends it. */
  readonly until: string | null;
  /** What the intermediary can do about it, in both languages. */
  readonly duty: Words;
}

/** The bank has blocked the software that asks, for a time (users.md A.3). */
export interface SoftwareBlock {
  readonly since: string;
  readonly until: string;
  readonly duty: Words;
}

export interface BankStanding {
  readonly bankCode: string;
  /** Of the intermediary's own traffic at this institution. */
  readonly state: ParticipantState | 'unknown';
  readonly duties: Duties;
  readonly measures: readonly Measure[];
  readonly announced: readonly Announced[];
}

export interface Standing {
  /** The worst of the three levels over all institutions. */
  readonly worst: ParticipantState;
  readonly participant: ParticipantState;
  readonly application: ApplicationState;
  readonly applicationBlock: SoftwareBlock | null;
  readonly duties: Duties;
  readonly chainPartners: readonly {
    readonly chainPartnerId: string;
    readonly status: PartnerState;
    readonly state: ParticipantState;
  }[];
  readonly banks: readonly BankStanding[];
}

/** What follows from the clause that a measure rests on; it names who owes what, and to whom. */
const DUTIES: Readonly<Record<string, Words>> = {
  'RKN-S4c': {
    ja: '求められた改善を終え、その結果を報告してください。金融機関が改めて判断し、再開します。',
    en: 'Finish the improvement that was demanded and report it. The institution judges again and resumes.',
  },
  'RKN-C2b': {
    ja: '求められた連鎖接続先との連鎖接続を停止し、その旨を報告してください。',
    en: 'Stop the chain connection that was asked to be stopped, and report that it is.',
  },
  'INT-13': {
    ja: '保護のための一時的な停止です。期限までに改善の要請になるか、解除されます。',
    en: 'A hold for protection. By its end it becomes a demand for improvement or is released.',
  },
};
const ANY_CLAUSE: Words = {
  ja: '金融機関の窓口にお問い合わせください。',
  en: 'Please ask the institution.',
};

const BLOCKED: Words = {
  ja: 'このソフトウェアは保護のため一時停止中です。理由と解除の条件は金融機関の窓口にお問い合わせください。',
  en: 'This software is blocked for protection. Please ask the institution why, and what lifts it.',
};

/** States of the two machines in which a notice has been sent and its measure has not been committed. */
const ANNOUNCING: readonly string[] = ['NOTICE_SENT', 'NOTICED'] satisfies (
  ReviewName | ChainName
)[];

const announcedAt = (bankCode: string, matters: readonly OwnMatterView[]): Announced[] =>
  matters.flatMap(({ bankCode: at, machine: procedure, chainPartnerId, state, announced }) =>
    at === bankCode && announced && ANNOUNCING.includes(state)
      ? [{ procedure, chainPartnerId, measure: announced }]
      : [],
  );

const NARROWING = ['restricted', 'suspended', 'terminated'] as const;
const isEverybody = (partnerId: string) => partnerId === '*' || partnerId === 'none';

/** A state that nobody here has heard of counts as a suspension: it may be stricter than we know (T-19). */
const stateOf = (state: string): Measure['state'] =>
  NARROWING.find((one) => one === state) ?? 'suspended';

const measureOf = (view: LinkStateView): Measure => ({
  state: stateOf(view.state),
  function: view.function,
  chainPartnerId: view.chainPartnerId,
  clause: view.clause,
  since: view.since,
  until: view.until,
  duty: DUTIES[view.clause ?? ''] ?? ANY_CLAUSE,
});

/** A stop of one function leaves the others: for the intermediary as a whole that is a restriction. */
const ofWhole = ({ state, function: fn }: Measure): ParticipantState =>
  fn === '*' ? state : 'restricted';

/**
 * Why am I blocked? The worst of intermediary, software and chain partner, with every measure in force and
 * what it asks for. It knows links and contracts only: nothing on a holder's side ever enters (T-29).
 * Source: RKN-S4c, RKN-C2b, users.md A.3.
 */
export function standingOf(facts: StandingFacts): Standing {
  const { participant, application, block } = facts;
  const banks = facts.banks.map(({ bankCode, states }): BankStanding => {
    const announced = announcedAt(bankCode, facts.matters);
    if (states === 'stale')
      return {
        bankCode,
        state: 'unknown',
        duties: dutiesOf('suspended', application),
        measures: [],
        announced,
      };
    const measures = states.map(measureOf);
    const own = measures.filter(({ chainPartnerId }) => isEverybody(chainPartnerId)).map(ofWhole);
    const state = worstOf([participant, ...own]);
    return { bankCode, state, duties: dutiesOf(state, application), measures, announced };
  });
  const chainPartners = facts.partners.map(({ chainPartnerId, status }) => {
    const measures = banks.flatMap((bank) => bank.measures);
    const named = measures.filter((one) =>
      ['chained', chainPartnerId].includes(one.chainPartnerId),
    );
    const state = worstOf([stateOfPartner(status), ...named.map(ofWhole)]);
    return { chainPartnerId, status, state };
  });
  const software = applicationUnder(participant, application);
  const levels = [
    participant,
    software === 'active' ? 'active' : software === 'inactive' ? 'suspended' : 'terminated',
    ...banks.map(({ state }): ParticipantState => (state === 'unknown' ? 'suspended' : state)),
    // A proposal and a partner of the past concern nobody's traffic.
    ...chainPartners.flatMap(({ status, state }): ParticipantState[] =>
      status === 'contracted' || status === 'stopped' ? [state] : [],
    ),
  ] as const;
  return {
    worst: worstOf(levels),
    participant,
    application: software,
    applicationBlock: block && {
      since: instantToWire(block.since),
      until: instantToWire(block.until),
      duty: BLOCKED,
    },
    duties: dutiesOf(participant, application),
    chainPartners,
    banks,
  };
}
