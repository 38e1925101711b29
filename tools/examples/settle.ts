import { createHash } from 'node:crypto';
import { canonicalJson, CivilDate, instantToWire } from '#libs/kernel';
import {
  DocumentSigner,
  type OfficialDocument,
  type SealedDocument,
} from '../../apps/bank-core/src/documents/index.js';
import type { StoryDocument, ToldStory } from './story.js';
import { EXAMPLES_BEGIN } from './story-time.js';

/** Signs the examples and nothing else: everybody can read it here, so that it proves nothing about anybody. */
const EXAMPLE_KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJ
-----END PRIVATE KEY-----
`;

/** Dates further away than a story reaches are those of rules and contracts: they stay. */
const REACH_DAYS = 1_200;
const YEAR_DAYS = 365.25;
const DAY_MS = 86_400_000;
const TOKYO = '+09:00';

const OF_SEED = /^[a-z]+_01j0{4,}/;
const ID = /\b[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}\b/g;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const HASH = /\bsha256:[0-9a-f]{64}\b/g;
const INSTANT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?\+09:00/g;
const DATE = /\b\d{4}-\d{2}-\d{2}\b(?!T)/g;

/**
 * Gives the documents of a story ids and times that stay: ids are numbered as they come up, the story is moved to the
 * day of the examples, and what is then said is sealed anew. Everything else is as the servers wrote it.
 */
export function settled({ documents, begin }: ToldStory): StoryDocument[] {
  const settle = settler(begin);
  const signer = new DocumentSigner(EXAMPLE_KEY);
  return documents.map(({ name, sealed }) => {
    const id = settle(sealed.seal.id);
    const document = JSON.parse(settle(canonicalJson(sealed.document))) as OfficialDocument;
    return { name, sealed: { document, seal: signer.seal(id, document) } satisfies SealedDocument };
  });
}

function settler(begin: number): (text: string) => string {
  const numbers = new Map<string, number>();
  const numberOf = (found: string): string => {
    const number = numbers.get(found) ?? numbers.size + 1;
    numbers.set(found, number);
    return String(number);
  };
  const first = CivilDate.inTokyo(begin);
  const second = CivilDate.inTokyo(EXAMPLES_BEGIN);
  const moved = (at: number): number => at - begin + EXAMPLES_BEGIN;
  const isNear = (at: number): boolean => Math.abs(at - begin) < REACH_DAYS * DAY_MS;
  const ofId = (id: string): string =>
    OF_SEED.test(id) ? id : `${id.split('_')[0]}_01kexamp${numberOf(id).padStart(18, '0')}`;
  const ofInstant = (text: string): string => {
    const at = Date.parse(text);
    if (!isNear(at)) return text;
    return instantToWire(moved(at)).slice(0, text.length - TOKYO.length) + TOKYO;
  };
  const ofDate = (text: string): string => {
    const date = CivilDate.from(text);
    const days = first.daysUntil(date);
    if (Math.abs(days) > REACH_DAYS) return text;
    // What lies years away was counted in years (Civil Code, article 143), and is counted so again.
    const months = 12 * Math.round(days / YEAR_DAYS);
    const rest = first.plusMonths(months).daysUntil(date);
    return second.plusMonths(months).plusDays(rest).toString();
  };
  return (text) =>
    text
      .replace(ID, ofId)
      .replace(UUID, (id) => `00000000-0000-4000-8000-${numberOf(id).padStart(12, '0')}`)
      .replace(HASH, (hash) => `sha256:${digest(`example ${numberOf(hash)}`)}`)
      .replace(INSTANT, ofInstant)
      .replace(DATE, ofDate);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
