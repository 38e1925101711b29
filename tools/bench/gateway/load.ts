import { fork, type ChildProcess } from 'node:child_process';
import { compiled } from '../../project.js';
import type { LoadAnswer, Series, SeriesResult } from './series.js';

/** The load generator, a process of its own: its work is not the servers'. */
export class Load {
  private readonly child: ChildProcess = fork(compiled('tools/bench/gateway/load-process.js'), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

  /** One series at a time; `onWarm` at the moment from which on it counts. Throws what it threw. */
  async run(series: Series, onWarm: () => void): Promise<SeriesResult> {
    const answer = await new Promise<LoadAnswer>((resolve, reject) => {
      const ended = () => reject(new Error('The load generator ended.'));
      this.child.once('exit', ended);
      const hear = (words: LoadAnswer): void => {
        if ('isWarm' in words) return onWarm();
        this.child.off('exit', ended);
        this.child.off('message', hear);
        resolve(words);
      };
      this.child.on('message', hear);
      this.child.send(series);
    });
    if ('result' in answer) return answer.result;
    throw new Error('fault' in answer ? answer.fault : 'The load generator said nothing.');
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.disconnect();
    await gone;
  }
}
