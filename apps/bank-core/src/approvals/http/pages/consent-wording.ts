import { canonicalJson, hashOf, type Instant } from '#libs/kernel';
import { dayForPeople, type WordId, type Words } from '#libs/ui';
import type { InformationAsked } from '../../domain/approval.js';
import type { WordingShown } from '../../information-flow.js';
import type { WhoAsks } from './who-asks.js';

/** Raise it whenever a sentence or the order of the page changes. */
const VERSION = '2026-11-22/2';

/** One cluster of the page: a heading and what stands under it, in order. */
export interface WordingCluster {
  readonly id: 'what' | 'why' | 'until' | 'whom' | 'stop';
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface ConsentWording {
  readonly lead: string;
  readonly clusters: readonly WordingCluster[];
}

export interface WordingFacts {
  readonly asked: InformationAsked;
  readonly who: WhoAsks;
  readonly bankName: string;
  readonly accountNames: readonly string[];
  readonly expiresAt: Instant;
  /** Of a consent that is to be extended: when it ends as it stands. */
  readonly presentEnd?: Instant | undefined;
}

/**
 * Everything that a holder is told before agreeing. The page shows exactly these sentences and no others, and
 * they are what is hashed and kept (RKN-S1, RKN-C1a/d: intermediary and chain partner by name).
 */
export function consentWording(words: Words, facts: WordingFacts): ConsentWording {
  const { asked, who, bankName } = facts;
  const lastDay = dayForPeople(facts.expiresAt - 1, words.language);
  const cluster = (id: WordingCluster['id'], lines: readonly string[]): WordingCluster => ({
    id,
    heading: words(`consent.${id}`),
    lines,
  });
  return {
    lead: words(facts.presentEnd === undefined ? 'consent.lead' : 'consent.extend.lead', {
      name: who.name,
    }),
    clusters: [
      cluster('what', [
        ...asked.permissions.map((permission) => words(`consent.what.${permission}`)),
        ...facts.accountNames.map((name) => `${words('consent.what.accounts')}: ${name}`),
        words('consent.what.not'),
      ]),
      cluster('why', [words(`consent.why.${asked.purpose}` satisfies WordId)]),
      cluster('until', [
        ...(facts.presentEnd === undefined
          ? []
          : [
              words('consent.until.present', {
                date: dayForPeople(facts.presentEnd - 1, words.language),
              }),
            ]),
        words('consent.until.date', { date: lastDay, days: asked.termDays }),
        words('consent.until.often'),
      ]),
      cluster('whom', [
        words('consent.whom.intermediary', { name: who.name }),
        who.partnerName
          ? words('consent.whom.partner', { name: who.partnerName, intermediary: who.name })
          : words('consent.whom.nobody'),
      ]),
      cluster('stop', [
        words('consent.stop.bank', { bank: bankName, name: who.name }),
        words('consent.stop.fetched', { name: who.name, contact: who.contact }),
      ]),
    ],
  };
}

/** The wording as it is kept: its text word for word, with its hash. */
export function wordingShown(wording: ConsentWording, language: string): WordingShown {
  const content = { language, version: VERSION, ...wording };
  return { version: VERSION, text: canonicalJson(content), hash: hashOf(content) };
}
