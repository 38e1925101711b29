import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { onCaseGround } from '../campaigns/cases/ground.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { casePage } from './cases/case-page.js';
import { impactPreview } from './cases/impact-preview.js';
import { longPdf } from './cases/long-pdf.js';
import { fillCases } from './cases/many-cases.js';

const round = (figure: number, digits: number): number => Number(figure.toFixed(digits));

/** What an officer waits for: a case among 10⁵ others, a document of ten pages, what a
 * suspension would touch among 10⁶ consents. `--cases`, `--consents` for fewer. */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      cases: { type: 'string', default: '100000' },
      consents: { type: 'string', default: '1000000' },
    },
  });
  const since = stopwatch();
  const others = Number(values.cases);
  return onCaseGround(async (bank) => {
    await fillCases(bank, others);
    const page = await casePage(bank);
    const pdf = await longPdf(bank);
    const impact = await impactPreview(bank, Number(values.consents));
    return {
      name: 'cases',
      figures: {
        case_page_ms: round(page.httpMs, 1),
        case_page_service_ms: round(page.serviceMs, 1),
        case_page_round_trips: page.statements,
        impact_preview_s: round(impact.seconds, 2),
        pdf_s: round(pdf.seconds, 2),
      },
      conditions: {
        other_cases: others,
        case_page: `${page.events} events; over the console's API, session included; median of 101, warm`,
        round_trips: 'of the page itself; the session is looked up apart',
        pdf: `${pdf.pages} pages, drawn and not cached, median of 7`,
        impact: `a suspension of everything over ${impact.counted} consents that it touches, median of 5`,
        load_1m: round(loadavg()[0] ?? 0, 1),
        seconds: Math.round(elapsedMs(since) / 1000),
      },
    };
  });
}
