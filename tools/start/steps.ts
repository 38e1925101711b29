import cliProgress from 'cli-progress';
import type { Words } from '#libs/kernel';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { spoken, type StartOptions } from './options.js';

const PATIENCE_MS = 2000;
const WIDTH = 44;

export type Progress = (done: number, total: number, what: Words) => void;

/**
 * Says on stderr what is being done. On a terminal a step that takes longer than two seconds shows
 * a bar; off a terminal there is one line per step and no escape byte.
 */
export class Steps {
  constructor(
    private readonly language: StartOptions['language'],
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  async run<Value>(words: Words, work: (progress: Progress) => Promise<Value>): Promise<Value> {
    const since = stopwatch();
    const bar = this.#bar(words, since);
    try {
      const value = await work(bar.show);
      bar.stop();
      this.#line('✔', words, elapsedMs(since));
      return value;
    } catch (error) {
      bar.stop();
      this.#line('✘', words, elapsedMs(since));
      throw error;
    }
  }

  note(words: Words): void {
    this.stream.write(`   ${spoken(words, this.language)}\n`);
  }

  #line(mark: string, words: Words, ms: number): void {
    const label = padEnd(spoken(words, this.language), WIDTH);
    this.stream.write(` ${mark} ${label} ${(ms / 1000).toFixed(1)}s\n`);
  }

  #bar(words: Words, since: number): { show: Progress; stop: () => void } {
    if (!this.stream.isTTY) return { show: () => undefined, stop: () => undefined };
    const label = spoken(words, this.language);
    const bar = new cliProgress.SingleBar({
      format: ` ⠸ ${label} {bar} {percentage}%  {value}/{total}  {what}  {eta_formatted}`,
      stream: this.stream,
      clearOnComplete: true,
      hideCursor: true,
      barsize: 20,
      barCompleteChar: '█',
      barIncompleteChar: '░',
    });
    const state = { isShown: false };
    return {
      show: (done, total, what) => {
        if (elapsedMs(since) < PATIENCE_MS) return;
        const payload = { what: spoken(what, this.language) };
        if (!state.isShown) bar.start(total, done, payload);
        else bar.setTotal(total);
        state.isShown = true;
        bar.update(done, payload);
      },
      stop: () => {
        if (state.isShown) bar.stop();
      },
    };
  }
}

/** Pads by columns of the screen: a character of the East Asian width takes two. */
export function padEnd(text: string, columns: number): string {
  const width = [...text].reduce((sum, char) => sum + (isWide(char) ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(0, columns - width));
}

const isWide = (char: string): boolean => /[\u1100-\u115f\u2e80-\uff60\uffe0-\uffe6]/.test(char);
