import type { AnnouncedMeasure, ClauseId, MachineDuty } from '#libs/contracts';
import { CivilDate, instantToWire, type Instant, type Words } from '#libs/kernel';
import type {
  DocumentKind,
  DocumentPart,
  LabelledValue,
  OfficialDocument,
} from '../../documents/index.js';
import { alike, LETTER_WORDS, words, type LetterNotice } from './letter-words.js';
import { removedRow } from './right-words.js';
import type { EventExtras } from './step-content.js';

/** What a letter is composed of: all of it is kept, so that the letter can be compared with the matter. */
export interface LetterFacts {
  readonly notice: LetterNotice;
  readonly clause: ClauseId;
  readonly issuer: Words;
  readonly addressee: Words;
  readonly partner: Words | undefined;
  readonly subject: string;
  readonly event: EventExtras;
  /** The measure that was announced, where the letter speaks of one. */
  readonly announced: AnnouncedMeasure | undefined;
  readonly duties: readonly MachineDuty[];
  readonly at: Instant;
}

/** Tells the intermediary what was decided, on which clause and grounds, and what follows. Source: RKN-S4, RKN-C2. */
export function composeLetter(facts: LetterFacts): OfficialDocument {
  const { title, kind, sentence } = LETTER_WORDS[facts.notice];
  return {
    kind: kind satisfies DocumentKind,
    title,
    issuedAt: instantToWire(facts.at),
    issuer: facts.issuer,
    addressee: facts.addressee,
    subject: facts.subject,
    parts: [decision(facts, sentence), ...measure(facts), ...whatFollows(facts)],
  };
}

function decision(facts: LetterFacts, sentence: Words): DocumentPart {
  const { notice, clause, event, partner } = facts;
  const values: LabelledValue[] = [];
  const add = (ja: string, en: string, text: string | undefined) => {
    if (text !== undefined && text.trim() !== '')
      values.push({ label: words(ja, en), value: alike(text) });
  };
  if (partner) values.push({ label: words('連鎖接続先', 'Chain partner'), value: partner });
  add('対象の項目', 'Items', event.items?.join('、'));
  add('事由', 'Grounds', event.grounds?.text);
  add('証拠', 'Evidence', event.grounds?.evidence.join('、'));
  add('貴社の事故の報告', 'Your incidents', event.incidentIds?.join('、'));
  add('理由の説明', 'Reason', event.explanation ?? event.reason);
  if (event.periodDays !== undefined)
    values.push({
      label: words('期間', 'Period'),
      value: words(
        `到達の日の翌日から ${event.periodDays} 日間`,
        `${event.periodDays} days from the day after arrival`,
      ),
    });
  if (notice === 'protective_hold_set' && event.until !== undefined)
    values.push({
      label: words('終期', 'Latest end'),
      value: alike(instantToWire(event.until)),
    });
  if (event.addedDays !== undefined)
    values.push({
      label: words('延長', 'Extended by'),
      value: words(`${event.addedDays} 日間`, `${event.addedDays} days`),
    });
  values.push(...momentOf(facts));
  return {
    heading: words('決定の内容', 'What was decided'),
    clauses: [clause],
    paragraphs: [sentence],
    values,
  };
}

/** What takes effect or ends with the letter says since when. */
const MOMENTS: Readonly<Partial<Record<LetterNotice, Words>>> = {
  measure_in_force: words('効力の発生', 'In effect from'),
  measure_lifted: words('再開の時刻', 'Resumed at'),
  partner_resumed: words('再開の時刻', 'Resumed at'),
};

/** Since when, to the second; of a step that was decided for a later moment that moment as well (RKN-S4c, RKN-C2b). */
function momentOf({ notice, event, at }: LetterFacts): LabelledValue[] {
  const label = MOMENTS[notice];
  if (!label) return [];
  const moments = [{ label, value: alike(instantToWire(at)) }];
  if (event.effectiveAt !== undefined)
    moments.unshift({
      label: words('定めた時刻', 'Set for'),
      value: alike(instantToWire(event.effectiveAt)),
    });
  return moments;
}

const SPEAKS_OF_MEASURE: readonly LetterNotice[] = [
  'measure_announced',
  'measure_in_force',
  'measure_extended',
];

function measure({ notice, clause, announced, event, partner }: LetterFacts): DocumentPart[] {
  if (!announced || !SPEAKS_OF_MEASURE.includes(notice)) return [];
  const isSuspension = announced.kind === 'suspension';
  const ends = event.until === undefined ? undefined : instantToWire(event.until);
  return [
    {
      heading: words('措置', 'The measure'),
      clauses: [clause, 'RKN-D5'],
      values: [
        {
          label: words('種類', 'Kind'),
          value: isSuspension ? words('停止', 'suspension') : words('制限', 'restriction'),
        },
        ...(notice === 'measure_announced'
          ? [
              {
                label: words('予告の時間', 'Lead'),
                value: words(
                  `到達から ${announced.leadHours} 時間以上`,
                  `at least ${announced.leadHours} hours from arrival`,
                ),
              },
            ]
          : [
              {
                label: words('終わり', 'Ends'),
                value: ends ? alike(ends) : words('解除まで', 'when it is lifted'),
              },
            ]),
      ],
      table: {
        columns: [words('取り除く権利', 'Right removed'), words('対象', 'Whose calls')],
        rows: announced.removed.map((removed) => removedRow(removed, partner)),
      },
    },
  ];
}

function whatFollows({ duties }: LetterFacts): DocumentPart[] {
  const own = duties.filter(({ who }) => who === 'epsp');
  if (own.length === 0) return [];
  return [
    {
      heading: words('貴社にお願いすること', 'What is asked of you'),
      clauses: [...new Set(own.map(({ clause }) => clause as ClauseId))],
      paragraphs: own.map(({ what, by }) =>
        by === undefined
          ? what
          : words(
              `${what.ja}（期限 ${CivilDate.inTokyo(by).toString()}）`,
              `${what.en} (by ${CivilDate.inTokyo(by).toString()})`,
            ),
      ),
    },
  ];
}
