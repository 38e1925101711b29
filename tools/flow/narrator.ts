import type { Words } from '#libs/kernel';
import type { LocalFetch, LocalRequest } from '../http/index.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { spoken, type StartOptions } from '../start/options.js';
import { redactBody, redactHeader, redactUrl } from './redact.js';

/** Tells what happens: one line per step, and with `--explain` each request and its answer. */
export class Narrator {
  #step = 0;

  constructor(
    private readonly language: StartOptions['language'],
    private readonly isExplaining: boolean,
    private readonly out: NodeJS.WritableStream = process.stdout,
  ) {}

  /** Runs one step of the flow; `source` is the specification's section that it follows. */
  async step<Value>(words: Words, source: string, work: () => Promise<Value>): Promise<Value> {
    this.#step += 1;
    const label = `${this.#step}. ${spoken(words, this.language)}`;
    if (this.isExplaining) this.out.write(`\n${label}   [${source}]\n`);
    const since = stopwatch();
    const value = await work();
    const ms = Math.round(elapsedMs(since));
    this.out.write(this.isExplaining ? `   ✔ ${ms} ms\n` : `${label}  ${ms} ms\n`);
    return value;
  }

  say(ja: string, en: string): void {
    this.out.write(`   ${spoken({ ja, en }, this.language)}\n`);
  }

  line(text: string): void {
    this.out.write(`   ${text}\n`);
  }

  /** A fetch that shows itself while explaining, with every secret cut to its first characters. */
  listen(fetch: LocalFetch): LocalFetch {
    if (!this.isExplaining) return fetch;
    return async (url, init = {}) => {
      const answer = await fetch(url, init);
      const shown = answer.clone();
      this.#request(new URL(url), init);
      const location = shown.headers.get('location');
      const said = location
        ? `→ ${redactUrl(new URL(location, url))}`
        : redactBody(await shown.text());
      this.out.write(`   ← ${shown.status} ${said}\n`);
      return answer;
    };
  }

  #request(url: URL, init: LocalRequest): void {
    this.out.write(`   → ${init.method ?? 'GET'} ${redactUrl(url)}\n`);
    for (const [name, value] of new Headers(init.headers)) {
      const shown = redactHeader(name, value);
      if (shown) this.out.write(`     ${name}: ${shown}\n`);
    }
    const body = init.body === undefined || init.body === null ? '' : String(init.body);
    if (body) this.out.write(`     ${redactBody(body)}\n`);
  }
}
