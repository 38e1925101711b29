import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { onCaseGround } from '../campaigns/cases/ground.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { casePage } from './cases/case-page.js';
import { longPdf } from './cases/long-pdf.js';
import { fillCases } from './cases/many-cases.js';

const round = (figure: number, digits: number): number => Number(figure.toFixed(digits));

/** What an officer waits for: a case among 10⁵ others, a document of ten pages. `--cases` for fewer others. */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: { cases: { type: 'string', default: '100000' } },
  });
  const since = stopwatch();
  const others = Number(values.cases);
  return onCaseGround(async (bank) => {
    await fillCases(bank, others);
    const page = await casePage(bank);
    const pdf = await longPdf(bank);
    return {
      name: 'cases',
      figures: {
        case_page_ms: round(page.httpMs, 1),
        case_page_service_ms: round(page.serviceMs, 1),
        case_page_round_trips: page.statements,
        impact_preview_s: null,
        pdf_s: round(pdf.seconds, 2),
      },
      reasons: { impact_preview_s: 'measured with the measures, whose query it is' },
      conditions: {
        other_cases: others,
        case_page: `${page.events} events; over the console's API, session included; median of 101, warm`,
        round_trips: 'of the page itself; the session is looked up apart',
        pdf: `${pdf.pages} pages, drawn and not cached, median of 7`,
        load_1m: round(loadavg()[0] ?? 0, 1),
        seconds: Math.round(elapsedMs(since) / 1000),
      },
    };
  });
}
