import type { Instant } from '#libs/kernel';
import { fact } from './fact.js';

export const demandFacts = {
  demandArrivedAt: fact<Instant | undefined>(
    'instant',
    '求めが届いた時刻',
    'when the demand arrived',
  ),
  demandDueAt: fact<Instant>('instant', '改善の期限', 'end of the period'),
  assessment: fact<'sufficient' | 'insufficient'>('choice', '改善の判断', 'second judgement'),
  assessedAt: fact<Instant>('instant', '判断の時刻', 'when it was judged'),
  reasonablePeriodDays: fact<number>('count', '合理的な期間（日）', 'reasonable period in days'),
} as const;
